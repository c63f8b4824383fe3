"""Reading untrusted files, and writing codes, images and videos.

Uploads are checked against `UploadLimits`, typed by their content and read in memory: images by
`read_uploads`, codes by `read_codes`.  Exports are byte strings: NPZ, CSV, Parquet, PNG, ZIP, GIF
and MP4.
"""

from latent_core.io.code_files import read_codes
from latent_core.io.export import codes_csv, codes_npz, codes_parquet, images_zip, path_npz
from latent_core.io.gif import encode_gif
from latent_core.io.image_files import ImageFile, read_image
from latent_core.io.limits import UploadLimits
from latent_core.io.png import encode_png
from latent_core.io.sprite_sheet import pack_sprite_sheet, unpack_sprite_sheet
from latent_core.io.uploads import RejectedFile, read_uploads
from latent_core.io.video import encode_mp4, strip_png, upscale_frames

__all__ = [
    "ImageFile",
    "RejectedFile",
    "UploadLimits",
    "codes_csv",
    "codes_npz",
    "codes_parquet",
    "encode_gif",
    "encode_mp4",
    "encode_png",
    "images_zip",
    "pack_sprite_sheet",
    "path_npz",
    "read_codes",
    "read_image",
    "read_uploads",
    "strip_png",
    "unpack_sprite_sheet",
    "upscale_frames",
]
