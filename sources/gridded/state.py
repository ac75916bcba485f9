"""Concentrations in the unit and the state of the standard.

Since 2018-09-01 gases are stated at 298.15 K and 1013.25 hPa, particles as they are in the air; before, both at 273 K.
A mass or mole ratio is carried to a stated state without knowing the state it was in: temperature and pressure cancel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sources.gridded.model import GridError
from sources.gridded.names import plain, units
from warehouse import standards

R_DRY = 287.05
"""Gas constant of dry air [J/(kg K)]."""
R = 8.314462618
"""Molar gas constant [J/(mol K)] (CODATA 2018)."""
MOLAR_MASS = {"SO2": 64.064, "NO2": 46.0055, "O3": 47.9982, "CO": 28.0101}
"""[g/mol]"""
HIGHEST_UGM3 = 20_000.0
"""Above it, ten times as much for CO, the unit is wrong [µg/m³]."""
NOISE = -5.0
"""Small negative values are noise of the model and count as zero [µg/m³]."""


@dataclass(frozen=True)
class Air:
    """What is known of the air at the points; None where the file does not say."""

    temperature: np.ndarray | None = None
    pressure: np.ndarray | None = None
    humidity: np.ndarray | None = None


@dataclass(frozen=True)
class State:
    """Temperature [K] and pressure [Pa] a concentration is stated at; None: as it is in the air."""

    temperature: float | None
    pressure: float | None


def state_of(pollutant: str, day: date) -> State:
    """Return the state the standard asks for on a day (ref.reference_state)."""
    rows = standards.load("reference_state")
    at = pd.Timestamp(day)
    own = (rows["pollutant"] == pollutant) & (rows["valid_from"] <= at)
    own &= rows["valid_to"].isna() | (rows["valid_to"] >= at)
    if not own.any():
        raise GridError("grid_time_wrong", item=pollutant, text=day)
    kelvin, hpa = (float(v) for v in rows.loc[own, ["temperature_k", "pressure_hpa"]].to_numpy()[0])
    return State(None, None) if np.isnan(kelvin) else State(kelvin, hpa * 100.0)


def known_unit(variable: str, unit: object) -> tuple[str, float]:
    """Return kind and factor of a unit.

    Raises
    ------
    GridError
        The unit is not in the table of units, or not given at all.
    """
    found = units().get(plain(str(unit))) if unit is not None else None
    if found is None:
        raise GridError("grid_unit_unknown", item=variable, text="" if unit is None else unit)
    return found


def convert(
    pollutant: str, variable: str, values: np.ndarray, unit: object, air: Air, state: State
) -> np.ndarray:
    """Convert values to the unit and state of the standard.

    Parameters
    ----------
    pollutant, variable : str
    values : ndarray of float64
    unit : str
        As the file writes it.
    air : Air
        At the same points and times as the values.
    state : State

    Returns
    -------
    ndarray of float64
        [µg/m³; CO mg/m³]

    Raises
    ------
    GridError
        The unit is unknown, the air needed for a conversion is not in the file, or values are impossible.
    """
    kind, factor = known_unit(variable, unit)
    scaled = values * factor
    if kind == "concentration":
        found = scaled * _to_state(variable, air, state)
    elif kind == "mass_ratio":
        found = scaled * 1e9 * _density(variable, air, state)
    elif kind == "mole_ratio" and pollutant in MOLAR_MASS:
        kelvin, pascal = _here(variable, air, state)
        found = scaled * MOLAR_MASS[pollutant] * 1e6 * pascal / (R * kelvin)
    else:
        raise GridError("grid_unit_unknown", item=variable, text=unit)
    lowest, highest = (np.nanmin(found), np.nanmax(found)) if np.isfinite(found).any() else (0.0, 0.0)
    if lowest < NOISE or highest > HIGHEST_UGM3 * (10 if pollutant == "CO" else 1) or np.isinf(found).any():
        raise GridError("grid_values_impossible", item=variable, text=f"{lowest:g} … {highest:g} µg/m³")
    return np.maximum(found, 0.0) / (1000.0 if pollutant == "CO" else 1.0)


def _to_state(variable: str, air: Air, state: State) -> np.ndarray | float:
    if state.temperature is None or state.pressure is None:
        return 1.0
    if air.temperature is None or air.pressure is None:
        raise GridError("grid_state_unknown", item=variable)
    return air.temperature / state.temperature * (state.pressure / air.pressure)


def _density(variable: str, air: Air, state: State) -> np.ndarray | float:
    """Density of moist air [kg/m³] at the stated state, or as it is; dry where the file says nothing of humidity."""
    kelvin, pascal = _here(variable, air, state)
    moist = 1.0 if air.humidity is None else 1.0 + 0.608 * air.humidity
    return pascal / (R_DRY * kelvin * moist)


def _here(variable: str, air: Air, state: State) -> tuple[np.ndarray | float, np.ndarray | float]:
    if state.temperature is not None and state.pressure is not None:
        return state.temperature, state.pressure
    if air.temperature is None or air.pressure is None:
        raise GridError("grid_state_unknown", item=variable)
    return air.temperature, air.pressure
