"""Học Vụ Số: the chatbot of the digital-literacy movement in Vietnamese schools."""

__version__ = "0.1.0"
