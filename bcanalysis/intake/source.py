"""From a file that somebody names to proposed rows: a filled template as it is, any other table by its mapping."""

from __future__ import annotations

from collections.abc import Mapping as Items
from dataclasses import replace
from pathlib import Path

from bcanalysis.dataset.filled import is_workbook, read_filled, read_template
from bcanalysis.dataset.proposed import Place, Proposal
from bcanalysis.dataset.tables import read_tables
from bcanalysis.errors import UsageError
from bcanalysis.intake.mapping import read_mapping, write_mapping
from bcanalysis.intake.names import Catalogue
from bcanalysis.intake.preview import to_be_written
from bcanalysis.intake.propose import propose
from bcanalysis.intake.rows import read_rows
from bcanalysis.sheets.databases import is_address, without_password
from bcanalysis.sheets.grid import refuse
from bcanalysis.sheets.read import read_grids

ENDING = ".mapping.toml"


def proposed(
    folder: Path,
    file: str,
    *,
    mapping: str | None = None,
    like: str | None = None,
    sheet: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    settings: Items[str, str | None] | None = None,
) -> tuple[Proposal, str]:
    """Read a table of figures.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder, for its catalogues.
    file : str
        A workbook, a text file of cells, a Parquet file, or the address of a database.
    mapping : str, optional
        The file that says how the table is read; by default one beside the table. If it is not there, one is proposed and saved.
    like : str, optional
        An earlier mapping, whose names and units a proposal takes over.
    sheet, delimiter, decimal : str, optional
        Sheet or table; the sign between cells; the sign before decimals.
    settings : mapping of str to str, optional
        What holds for all rows, over what the mapping says.

    Returns
    -------
    Proposal
        The rows with all faults.
    str
        How the table is read, if that was proposed just now; else what mapping was used. Empty for a filled template.

    Raises
    ------
    DataError
        If the file, or its mapping, cannot be read at all.
    UsageError
        If there is no such file, or the tables are not to be written.
    """
    schemas = to_be_written(folder)
    cells = {
        name: table.cells for name, table in read_tables(folder, {name: schema.path for name, schema in schemas.items()}).items()
    }
    path = Path(file).expanduser()
    if not is_address(file) and is_workbook(path) and path.is_file():
        template = read_template(path)
        if template is not None:
            return read_filled(path, template, cells, schemas), ""
    place = Path(mapping) if mapping else _beside(file, sheet)
    used = read_mapping(place) if place.is_file() else None
    grids = read_grids(file, sheet or (used.sheet if used and is_workbook(path) and used.sheet else None), delimiter)
    catalogue = Catalogue(cells)
    if used is None:
        proposal = propose(grids, catalogue, read_mapping(Path(like)) if like else None)
        proposal = proposal.told(settings or {})
        proposal = replace(proposal, decimal=decimal) if decimal else proposal
        write_mapping(place, proposal, grids[0].file)
        told = f"Proposed how it is read, and saved in {place}:\n\n" + proposal.written(grids[0].file)
    else:
        proposal = used.told(settings or {})
        proposal = replace(proposal, decimal=decimal) if decimal else proposal
        told = f"Read as {place} says."
    grid = next((grid for grid in grids if grid.name == proposal.sheet), None)
    if grid is None:
        raise refuse(grids[0].file, f'no sheet "{proposal.sheet}"', f"the sheet that {place.name} is for")
    told = "\n".join([*(f"{grid.file}: {how}" for how in grid.told), told])
    found = read_rows(grid, proposal, catalogue, place.name)
    add_source(found, proposal.statement.get("source", ""), proposal.source, set(cells["sources"]["code"]), Place(place.name, 0))
    return found, told


def _beside(file: str, sheet: str | None) -> Path:
    if is_address(file):
        if not sheet:
            raise UsageError(
                "import: got the address of a database; expected the table too (--sheet), or the file of its mapping (--mapping)"
            )
        return Path(f"{sheet}{ENDING}")
    return Path(f"{Path(file).expanduser()}{ENDING}")


def add_source(found: Proposal, code: str, told: Items[str, str], known: set[str], place: Place) -> None:
    """Add a source that is described and not on file.

    Parameters
    ----------
    found : Proposal
        The rows, to which it is added.
    code : str
        Its code.
    told : mapping of str to str
        What ``sources.csv`` needs; empty texts count as nothing.
    known : set of str
        The codes on file.
    place : Place
        Where it is described.
    """
    if code and code not in known and any(told.values()):
        found.add("sources", {"code": code, **{name: text for name, text in told.items() if text}}, place)


def named(file: str) -> str:
    """Give the name of a file, or the address of a database without its password, for the record."""
    return without_password(file) if is_address(file) else Path(file).name
