"""Making the geoparser's weights from annotated texts; needed only by `kharita train`."""
