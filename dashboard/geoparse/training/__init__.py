"""Making the geoparser's weights from annotated texts; needs scikit-learn (the extra `kharita[train]`)."""

from dashboard.geoparse.training.weights import train_weights

__all__ = ["train_weights"]
