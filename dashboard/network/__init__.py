"""Addresses to articles, only when a user asks; every answer is taken for hostile, and every host for somebody's."""

from dashboard.network.fetch import Answer, Fetcher, user_agent
from dashboard.network.reading import AddressReader, FeedAnswer, is_address
from dashboard.network.refusals import Unfetched

__all__ = ["AddressReader", "Answer", "FeedAnswer", "Fetcher", "Unfetched", "is_address", "user_agent"]
