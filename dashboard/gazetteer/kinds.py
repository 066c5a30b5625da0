"""Which kind of place a GeoNames feature code means."""

from __future__ import annotations

from functools import lru_cache

from dashboard.core.models import Kind

__all__ = ["kind_of"]

_EXACT: dict[str, Kind] = {
    code: kind
    for kind, codes in (
        (Kind.NEIGHBOURHOOD, "PPLX"),
        (Kind.CAMP, "CMP CMPRF"),
        (Kind.CITY, "STLMT"),
        (
            Kind.REGION,
            "RGN RGNE RGNH RGNL AREA CONT DSRT PEN CAPE ISL ISLS VAL PLN TERR ZNB TRB ERG HMDA DLTA ISTH PLAT ATOL",
        ),
        (
            Kind.WATER,
            "OCN SEA GULF BAY STRT CNL STM STMI STMS WAD WADS LK LKS LKI RSV CHN LGN SD FJD INLT ESTY FLLS",
        ),
        (
            Kind.FACILITY,
            (
                "AIRB AIRP AIRF NVB INSM PRT HBR TRMO OILF GASF OILR OILP PSTB DAM PS PSN PSH PAL BLDG ADMF "
                "PRN MSQE CH SQR ST BDG UNIV HSP STDM MN FT MNMT TRTR INDS MUS MKT "
                "MILB PSTC OILT CTRS GOVL CTHSE DIP MSTY SHRN CSTL RSTN"
            ),
        ),
    )
    for code in codes.split()
}
# Families of codes, tried in this order after the exact ones.
_FAMILIES = (("PCL", Kind.COUNTRY), ("ADM", Kind.ADMIN), ("PPL", Kind.CITY))


@lru_cache(maxsize=1024)
def kind_of(feature_code: str) -> Kind:
    """Return the kind that a GeoNames feature code stands for; `Kind.OTHER` for an unknown code."""
    exact = _EXACT.get(feature_code)
    if exact is not None:
        return exact
    for family, kind in _FAMILIES:
        if feature_code.startswith(family):
            return kind
    return Kind.OTHER
