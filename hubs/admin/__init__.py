"""The curation desk of places, training, figures and trades."""

from . import book, figures, photos, places, trades, training

__all__ = ["book", "figures", "photos", "places", "trades", "training"]
