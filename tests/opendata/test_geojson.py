"""Places on a map as a table."""

import json

import pytest

from voicebot.errors import TableError
from voicebot.opendata.geojson import is_json, table_of


def collection(*features: object) -> bytes:
    """A map of features."""
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def test_properties_are_columns_and_points_are_coordinates() -> None:
    """Longitude stands first in GeoJSON."""
    point = {"type": "Point", "coordinates": [137.5, 34.1]}
    data = collection(
        {"type": "Feature", "geometry": point, "properties": {"施設・場所名": "A", "洪水": "1", "備考": None}},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}, "properties": {"施設・場所名": "B"}},
    )
    table = table_of("避難.json", data)
    heading = table.rows[0].cells
    rows = [dict(zip(heading, row.cells, strict=True)) for row in table.rows[1:]]
    assert is_json(data)
    assert (rows[0]["緯度"], rows[0]["経度"], rows[0]["洪水"], rows[0]["備考"]) == ("34.1", "137.5", "1", "")
    assert (rows[1]["施設・場所名"], rows[1]["緯度"]) == ("B", "")


@pytest.mark.parametrize("data", [b'{"type": "FeatureCollection", "fea', b'{"message": "no data"}', b"[1, 2]"])
def test_other_json_and_half_a_map_are_refused(data: bytes) -> None:
    """With the cure."""
    with pytest.raises(TableError, match=r"ダウンロードし|CSV か Excel"):
        table_of("避難.json", data)
