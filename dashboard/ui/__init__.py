"""The Streamlit page: thin views, their state, caching and words; and what starts it."""

__all__: list[str] = []
