"""The payload type of each component's module, and the check of what is sent."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from latent_core.errors import InvalidInputError
from ui.components.contract import learn, panels, payloads, samples
from ui.components.contract.specs import Payload

PAYLOADS: dict[str, type[Payload]] = {
    "crossover/index.js": payloads.CrossoverData,
    "dimensions/index.js": payloads.DimensionsData,
    "dimensions/preview.js": payloads.PreviewData,
    "dimensions/traversal_sheet.js": payloads.TraversalSheetData,
    "learn/point_plane.js": learn.PointPlaneData,
    "learn/small_autoencoder.js": learn.SmallAutoencoderData,
    "learn/step_keys.js": learn.StepKeysData,
    "map/index.js": payloads.MapData,
    "morph/four_corners.js": payloads.FourCornersData,
    "morph/two_endpoints.js": payloads.TwoEndpointsData,
    "morph/waypoints.js": payloads.WaypointsData,
    "panels/code.js": panels.CodePanelData,
    "panels/contact_sheet.js": panels.ContactSheetData,
    "panels/decoded_point.js": panels.DecodedPointData,
    "panels/drawing_pad.js": panels.DrawingPadData,
    "panels/examples.js": panels.ExamplesData,
    "panels/inspector.js": panels.InspectorData,
    "panels/page_header.js": panels.PageHeaderData,
    "panels/pipeline.js": panels.PipelineData,
    "panels/tray.js": panels.TrayData,
    "panels/words.js": panels.WordsData,
    "samples/index.js": samples.SampleGridData,
}


def check_payload(module: str, data: dict[str, Any]) -> None:
    """Raise unless `data` has the fields of the module's payload, with finite numbers.

    Raises
    ------
    InvalidInputError
        It does not; the message names the field.
    """
    try:
        as_sent = json.loads(json.dumps(data))  # numpy floats are floats
        msgspec.convert(as_sent, PAYLOADS[module])
    except (msgspec.ValidationError, TypeError) as error:
        raise InvalidInputError(
            f"The data of {module} are not as ui/components/contract declares them: {error}; "
            "send finite numbers and the declared fields."
        ) from error
