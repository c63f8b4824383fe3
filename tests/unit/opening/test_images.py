"""Images: each format and each known pitfall with its right values."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.opening.datasets.image_arrays import allowed_side, find_range
from tests.artefacts import data_files as files

RNG = np.random.default_rng(0)
GRAY = RNG.integers(0, 256, (12, 8, 8), np.uint8)
COLOR = RNG.integers(0, 256, (12, 8, 10, 3), np.uint8)


def inspect(name: str, data: bytes, **options):
    return lc.inspect_dataset({name: data}, **options)


def test_class_folders_in_a_zip_with_stray_and_broken_files():
    draft = inspect("photos.zip", files.photos_with_a_broken_one())
    assert (draft.kind, draft.count, draft.image_shape) == ("images", 11, (3, 16, 24))
    contents = draft.contents()
    assert contents.class_names == ("cats", "dogs")
    assert contents.labels.tolist() == [0] * 6 + [1] * 5
    assert any(f.startswith("4 files of other programs") for f in draft.findings)
    assert [w for w in draft.warnings if "1 file" in w and "broken.jpg" in w]


def test_a_folder_on_disk_and_a_tar_of_it(tmp_path):
    pictures = {f"{c}/{i}.png": files.png(GRAY[i]) for c in "ab" for i in range(4)}
    for name, data in (pictures | {"a/.DS_Store": b"x", "README.md": b"hello"}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    draft = lc.inspect_dataset(tmp_path)
    assert draft.images.shape == (8, 1, 8, 8)
    np.testing.assert_array_equal(draft.images[:4, 0], GRAY[:4])
    assert draft.contents().labels.tolist() == [0] * 4 + [1] * 4
    assert any("README.md" in w for w in draft.warnings)
    tar = inspect("x.tar", files.tarred(pictures))
    np.testing.assert_array_equal(tar.images, draft.images)


def test_a_flat_folder_has_no_labels():
    draft = inspect("x.zip", files.zipped({f"{i}.png": files.png(GRAY[i]) for i in range(4)}))
    assert draft.contents().labels is None
    assert draft.columns == ()


def test_webdataset_has_its_classes_beside_the_images():
    parts = {f"{i:04}.jpg": files.photo(i) for i in range(6)}
    parts |= {f"{i:04}.cls": str(i % 2).encode() for i in range(6)}
    contents = inspect("shard-0.tar", files.tarred(parts)).contents()
    assert contents.class_names == ("0", "1")
    assert contents.labels.tolist() == [0, 1] * 3


def test_metadata_is_joined_by_file_name():
    table = b"file_name,kind,age\n2.png,b,2.5\n0.png,a,0.5\n1.png,a,1.5\n"
    pictures = {f"train/{i}.png": files.png(GRAY[i]) for i in range(3)}
    draft = inspect("x.zip", files.zipped(pictures | {"train/metadata.csv": table}))
    contents = draft.contents()
    assert contents.class_names == ("a", "b")
    assert contents.labels.tolist() == [0, 0, 1]
    assert contents.factors["age"].tolist() == [0.5, 1.5, 2.5]


def test_metadata_of_another_number_is_left_out_with_both_counts():
    pictures = {f"{i}.png": files.png(GRAY[i]) for i in range(3)}
    draft = inspect("x.zip", files.zipped(pictures | {"labels.csv": b"label\na\nb\n"}))
    assert any("labels.csv" in w and "3" in w and "2" in w for w in draft.warnings)


@pytest.mark.parametrize(
    ("array", "shape"),
    [
        (GRAY, (12, 1, 8, 8)),
        (GRAY[..., None], (12, 1, 8, 8)),
        (GRAY[:, None], (12, 1, 8, 8)),
        (COLOR, (12, 3, 8, 10)),
        (np.moveaxis(COLOR, -1, 1), (12, 3, 8, 10)),
        (COLOR[0], (1, 3, 8, 10)),
    ],
)
def test_layouts_of_arrays(array, shape):
    draft = inspect("x.npy", files.npy(array))
    assert draft.images.shape == shape
    expected = np.moveaxis(COLOR, -1, 1) if shape[1] == 3 else GRAY[:, None]
    np.testing.assert_array_equal(draft.images, expected[: shape[0]])


def test_an_ambiguous_layout_is_said_and_can_be_chosen():
    array = RNG.integers(0, 256, (5, 3, 8, 3), np.uint8)
    draft = inspect("x.npy", files.npy(array))
    assert draft.image_shape == (3, 3, 8)
    assert any("(5, 3, 8, 3)" in w for w in draft.warnings)
    assert inspect("x.npy", files.npy(array), layout="channels first").image_shape == (3, 8, 3)
    with pytest.raises(InvalidInputError, match="channels"):
        inspect("x.npy", files.npy(np.zeros((2, 9, 9, 9), np.uint8)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([0, 0.5, 1]), [0, 128, 255]),
        (np.array([-1.0, 0, 1]), [0, 128, 255]),
        (np.array([0, 128, 255], np.float32), [0, 128, 255]),
        (np.array([0, 1, 1], np.uint8), [0, 255, 255]),
        (np.array([False, True, True]), [0, 255, 255]),
        (np.array([0, 100, 255], np.uint8), [0, 100, 255]),
    ],
)
def test_known_ranges_are_kept(values, expected):
    assert find_range(values).to_uint8(values).tolist() == expected


@pytest.mark.parametrize("dtype", [np.uint16, np.int16, np.float32])
def test_other_ranges_are_those_of_the_data_set_and_never_of_one_image(dtype):
    dim = np.linspace(0, 400, 64).reshape(8, 8)
    array = np.stack([dim, dim * 10]).astype(dtype)  # 12 bits in 16
    draft = inspect("x.npy", files.npy(array))
    first, second = draft.images[:, 0].astype(int)
    assert second.max() == 255
    assert abs(int(first.max()) - 25) <= 1
    assert any("4000" in f for f in draft.findings)


def test_files_of_16_bits_are_scaled_together():
    dim = np.linspace(0, 400, 64).reshape(8, 8).astype(np.uint16)
    parts = {"a.tif": files.tiff(dim), "b.tif": files.tiff(dim * 10), "c.png": files.png(dim)}
    images = inspect("x.zip", files.zipped(parts)).images[:, 0].astype(int)
    assert images[1].max() == 255
    assert abs(images[0].max() - 25) <= 1
    np.testing.assert_array_equal(images[0], images[2])


def test_modes_are_decided_over_all_images():
    gray, color = files.png(GRAY[0]), files.png(COLOR[0, :, :8])
    rgb_gray, alpha = files.png(GRAY[0], "RGB"), files.png(GRAY[0], "RGBA")
    only_gray = inspect("x.zip", files.zipped({"a.png": gray, "b.png": rgb_gray, "c.png": alpha}))
    assert only_gray.image_shape == (1, 8, 8)
    mixed = inspect("x.zip", files.zipped({"a.png": gray, "b.png": color}))
    assert mixed.image_shape == (3, 8, 8)
    np.testing.assert_array_equal(mixed.images[0], np.stack([GRAY[0]] * 3))


def test_sizes_become_the_most_frequent_one():
    sizes = [(24, 16)] * 5 + [(40, 40), (16, 24)]
    parts = {f"{i}.jpg": files.photo(i, size) for i, size in enumerate(sizes)}
    draft = inspect("x.zip", files.zipped(parts))
    assert draft.image_shape == (3, 16, 24)
    assert any("24 × 16" in f and "2 others" in f for f in draft.findings)
    different = [(20 + i, 40 - i) for i in range(8)]
    parts = {f"{i}.jpg": files.photo(i, size) for i, size in enumerate(different)}
    _, height, width = inspect("x.zip", files.zipped(parts)).image_shape
    assert height == width


def test_large_images_are_reduced_and_that_is_said():
    parts = {f"{i}.jpg": files.photo(i, (320, 200)) for i in range(3)}
    draft = inspect("x.zip", files.zipped(parts))
    assert draft.image_shape == (3, 80, 128)
    assert any("320 × 200" in f and "128 × 80" in f for f in draft.findings)
    assert inspect("x.zip", files.zipped(parts), max_side=256).image_shape == (3, 160, 256)
    array = inspect("x.npy", files.npy(np.zeros((2, 300, 150), np.uint8)))
    assert array.image_shape == (1, 128, 64)
    assert allowed_side(100_000, 128) ** 2 * 100_000 <= 2**26
    with pytest.raises(InvalidInputError, match="512"):
        inspect("x.zip", files.zipped(parts), max_side=4096)


def test_npz_as_cifar_and_medmnist_have_it():
    data = files.npz(
        train_images=COLOR,
        train_labels=np.arange(12)[:, None] % 3,
        test_images=COLOR[:5],
        test_labels=np.full((5, 1), 2),
    )
    draft = inspect("medmnist.npz", data)
    assert draft.images.shape == (17, 3, 8, 10)
    assert draft.contents().labels.tolist() == [*np.arange(12) % 3, 2, 2, 2, 2, 2]
    keras = files.npz(x_train=GRAY, y_train=np.arange(12) % 2, x_test=GRAY[:3], y_test=[1, 1, 1])
    assert inspect("mnist.npz", keras).contents().labels.tolist() == [0, 1] * 6 + [1, 1, 1]


def test_idx_plain_and_gzipped():
    import gzip

    labels = np.arange(12) % 4
    parts = {"images-idx3-ubyte": files.idx(GRAY), "labels-idx1-ubyte": files.idx(labels)}
    for sources in (parts, {f"{n}.gz": gzip.compress(data) for n, data in parts.items()}):
        draft = lc.inspect_dataset(sources)
        np.testing.assert_array_equal(draft.images[:, 0], GRAY)
        assert draft.contents().labels.tolist() == labels.tolist()


def test_parquet_of_hugging_face():
    images = [{"bytes": files.png(GRAY[i]), "path": f"{i}.png"} for i in range(12)]
    images[3] = None
    data = files.parquet({"image": images, "label": [0, 1] * 6}, {"label": ["cat", "dog"]})
    draft = inspect("train.parquet", data)
    np.testing.assert_array_equal(draft.images[:, 0], np.delete(GRAY, 3, axis=0))
    contents = draft.contents()
    assert contents.class_names == ("cat", "dog")
    assert contents.labels.tolist() == np.delete([0, 1] * 6, 3).tolist()


def test_names_in_utf_8_are_read_where_the_zip_does_not_say_so():
    data = files.zipped({"AA/0.png": files.png(GRAY[0]), "b/1.png": files.png(GRAY[1])})
    data = data.replace(b"AA/0", "ä".encode() + b"/0")
    assert inspect("x.zip", data).contents().class_names == ("b", "ä")


def test_files_without_an_ending_are_known_by_their_content_and_others_listed():
    parts = {f"{i}": files.png(GRAY[i]) for i in range(3)} | {"more.zip": files.zipped({"a": b"x"})}
    draft = inspect("x.zip", files.zipped(parts | {"film.mp4": b"\0\0\0 ftypisom"}))
    np.testing.assert_array_equal(draft.images[:, 0], GRAY[:3])
    assert any(w.startswith("2 files") and "film.mp4" in w for w in draft.warnings)


def test_nothing_readable_is_refused():
    with pytest.raises(InvalidInputError, match="None of 1"):
        inspect("x.zip", files.zipped({"a.png": b"no image"}))
    with pytest.raises(InvalidInputError, match="folder"):
        lc.inspect_dataset("/no/such/folder")


def test_saved_images_are_a_data_set_with_a_pca_model():
    draft = inspect("photos.zip", files.photos_with_a_broken_one())
    data = draft.save()
    np.testing.assert_array_equal(data.images_uint8, draft.images)
    assert data.class_names == ("cats", "dogs")
    model = lc.load_model("photos-pca")
    codes = lc.encode(model, data).mean
    assert codes.shape == (11, 10)
    # 10 components span 11 images: PCA reproduces them up to the rounding of float32
    np.testing.assert_allclose(model.decode(codes), data.images(), atol=1e-4)
    assert model.card.checked_decoder()


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("equal", [True, False])
def test_few_and_equal_images_open(count, equal):
    images = np.stack([GRAY[0]] * count) if equal else GRAY[:count]
    data = inspect("x.npy", files.npy(images[:, None])).save()
    model = lc.load_model(f"{data.id}-pca")
    codes = lc.encode(model, data).mean
    assert codes.shape == (count, 2)
    np.testing.assert_allclose(model.decode(codes), data.images(), atol=1e-4)


def test_a_text_that_is_no_table_is_left_out_beside_images():
    photos = {"cat/a.png": files.photo(0), "dog/b.png": files.photo(1), "notes.txt": b"hi"}
    draft = lc.inspect_dataset(photos)
    assert draft.count == 2
    assert any("notes.txt" in sentence for sentence in draft.warnings)


def test_a_file_of_pytorch_is_refused_as_one():
    content = files.zipped({"archive/data.pkl": b"", "archive/byteorder": b"little"})
    with pytest.raises(InvalidInputError, match="a file of PyTorch"):
        lc.inspect_dataset({"vae.pt": content})
