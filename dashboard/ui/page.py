"""The script that Streamlit runs for each visit."""

from dashboard.ui.main import main

__all__: list[str] = []

main()
