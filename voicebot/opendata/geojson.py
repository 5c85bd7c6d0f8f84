"""GeoJSON of places (RFC 7946) as a table: one row a feature, its properties as columns, its point as coordinates."""

import json

from voicebot.errors import TableError
from voicebot.sheets.table import Table, squared

MOST = 200_000


def is_json(data: bytes) -> bool:
    """Whether the bytes look like JSON."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def table_of(name: str, data: bytes) -> Table:
    """The features as a table whose first row is the heading.

    Raises:
        TableError: it is no GeoJSON with points, or broken off.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        message = f"「{name}」は JSON として読めません。途中で切れています。もう一度ダウンロードしてください。"
        raise TableError("opendata.json", message) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features:
        message = f"「{name}」は地図のデータ(GeoJSON)ではありません。CSV か Excel のファイルを選んでください。"
        raise TableError("opendata.json", message)
    heading: dict[str, None] = {}
    rows = []
    for feature in features[:MOST]:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            continue
        row = {str(key): "" if value is None else str(value) for key, value in properties.items()}
        longitude, latitude = _point(feature.get("geometry"))
        row = {**row, "経度": row.get("経度") or longitude, "緯度": row.get("緯度") or latitude}
        heading |= dict.fromkeys(row)
        rows.append(row)
    lines = [list(heading), *([row.get(key, "") for key in heading] for row in rows)]
    return Table(name, "", squared(list(enumerate(lines, 1))), "geojson")


def _point(geometry: object) -> tuple[str, str]:
    """Longitude and latitude as texts; of a shape that is no point nothing."""
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        coordinates = geometry.get("coordinates")
        if isinstance(coordinates, list) and len(coordinates) >= 2:
            return str(coordinates[0]), str(coordinates[1])
    return "", ""
