"""The application round the pages: routes, the visit, shared answers, launch; knows no Streamlit."""
