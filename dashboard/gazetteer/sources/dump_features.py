"""Which of GeoNames' features become places: what news names, and not each farm, well and school.

A code is kept everywhere, or in the countries of the beat and elsewhere when notable, or only when notable.
*Notable* is what has an Arabic name, a link to an encyclopaedia, or inhabitants.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

__all__ = ["BEAT", "Keep", "keep_of"]


class Keep(IntEnum):
    """Whether a feature becomes a place."""

    NEVER = 0
    NOTABLE = 1
    ALWAYS = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The Arab world, its neighbours, the Sahel and the Horn.
BEAT = _words(
    "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE "
    "AF BF CF CY ER ET IL IR ML MT NE SS TD TR"
)
# Divisions: countries come from elsewhere; ADM4 and ADM5 are mostly towns over again.
_EVERYWHERE = _words(
    "PPL PPLA PPLA2 PPLA3 PPLA4 PPLA5 PPLC PPLF PPLG PPLL PPLR PPLS PPLX STLMT ADM1 ADM2 "
    "RGN RGNE RGNH RGNL CONT DSRT OCN SEA GULF STRT "
    "AIRB AIRP MILB NVB INSM PRT PSTB PSTC CMPRF OILF GASF OILR TRMO PSN"
)
_IN_THE_BEAT = _words(
    "PPLH PPLQ PPLW ADM3 ADMD "
    "AREA LCTY TRB OAS ISL ISLS ATOL MT MTS PASS VAL PLN PLAT CAPE PEN ERG HMDA SBKH DLTA ISTH "
    "WAD WADS RSV CNL LK BAY LGN HBR CHN "
    "AIRF CMP CMPO DAM PAL PRN PS PSH BDG FT MN MNA OILP OILT INDS CTRS SQR"
)
_WHEN_NOTABLE = _words(
    "TERR ZNB PRK RES RESN RESW CST BTL SALT "
    "STM STMI STMS LKS LKI FLLS SD FJD INLT ESTY "
    "PK PKS HLL HLLS RDGE VLC CNYN PT BCH CRTR ISLT "
    "ADMF BLDG GOVL CTHSE DIP UNIV HSP STDM MUS MKT MNMT MSQE CH MSTY SHRN CSTL RUIN ANS HSTS TRTR "
    "RSTN ST RDJCT TNL FRST"
)


@lru_cache(maxsize=4096)
def keep_of(code: bytes, country: bytes) -> Keep:
    """Return whether a feature of a code and a country is kept."""
    name = code.decode("ascii", "replace")
    if name in _EVERYWHERE or (name in _IN_THE_BEAT and country.decode("ascii", "replace") in BEAT):
        return Keep.ALWAYS
    return Keep.NOTABLE if name in _IN_THE_BEAT or name in _WHEN_NOTABLE else Keep.NEVER
