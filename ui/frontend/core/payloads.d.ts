// `python -m ui.components.contract` writes this file from the payloads in Python.
export interface AffineData {
  weight: number[][];
  bias: number[];
}

export interface AttractionTransformSpec {
  kind: "attraction";
  metric: "cosine" | "euclidean" | "manhattan";
}

export interface AxisData {
  title: string;
  has_ticks: boolean;
}

export interface BarycentricTransformSpec {
  kind: "barycentric";
  k: number;
}

export interface BlobUrl {
  url: string;
}

export interface Card {
  slot: string;
  name: string;
  label: string;
  original: string;
  decoded: string;
}

export interface ClassData {
  kind: "class";
  url: string;
  names: string[];
  n_colored: number;
}

export interface Code {
  values: number[];
  low: number[];
  high: number[];
  active: boolean[] | null;
  std: number[] | null;
}

export interface CodePanelData {
  code: Code;
}

export interface ContactSheetData {
  count: number;
  ids: number[];
  names: string[];
  sheet: SheetSpec;
  labels: [string, number][];
  mean: string;
  caption: string;
  in_tray: boolean;
  factors: FactorTable | null;
}

export interface Correlate {
  name: string;
  value: number;
}

export interface CrossoverData {
  decoder: DecoderSpec;
  space: SpaceSpec;
  sheet: SheetSpec;
  parents: string;
  mean: string;
  noise: string;
  groups: DimensionGroup[];
  last_inactive: boolean;
  state: CrossoverState;
  channel: string;
  cards: Card[];
  active: string;
  smooth: boolean;
}

export interface CrossoverState {
  shares: number[];
  amount: number;
  seed: number;
  child: number;
}

export interface DecodeSpec {
  decoder: DecoderSpec;
  space: SpaceSpec;
  inverse: LinearInverseSpec | NeighborInverseSpec;
  transform: LinearTransformSpec | AttractionTransformSpec | BarycentricTransformSpec | GeodesicTransformSpec | null;
  grid: boolean;
  place: [number, number] | null;
  choosing: boolean;
}

export interface DecodedPointData {
  heading: string;
  nearest_heading: string;
  image: string;
  width: number;
  title: string;
  support_level: "far from data" | "near data" | "sparse";
  image_level: "doubtful" | "like the data" | "unlike the data" | null;
  support_sentence: string;
  round_trip: string;
  code: Code;
  neighbors: Neighbor[];
  sheet: SheetSpec;
  in_tray: boolean;
}

export interface DecoderSpec {
  model: string;
  shape: [number, number, number];
  dim: number;
  onnx: RemoteFile | null;
  server_reason: string;
  runtime: Record<string, RemoteFile>;
  server_url: string;
  realism: RealismLimits | null;
}

export interface DimensionGroup {
  dims: number[];
  effect_map: string;
  effect: number;
}

export interface DimensionInfo {
  listed: number[];
  order: number[];
  kl_or_variance: number[];
  unit: "nats" | "share";
  inactive: boolean[];
  inactive_reason: string;
  mean: number[];
  low: number[];
  high: number[];
  limit: number;
  histograms: Histograms;
  correlates: (Correlate | null)[];
}

export interface DimensionsData {
  name: string;
  decoder: DecoderSpec;
  dims: DimensionInfo;
  directions: DirectionGroup[];
  plane: PlaneSpec | null;
  revision: number;
  z: number[];
  start: Start;
  locked: number[];
  in_tray: boolean;
  has_prior: boolean;
}

export interface Direction {
  name: string;
  unit: string;
  digits: number;
  range: [number, number];
  predicted_range: [number, number];
  caption: string;
  hint: string;
  evidence: string;
  leakage: Leakage[];
  leakage_note: string;
  is_weak: boolean;
}

export interface DirectionGroup {
  id: string;
  title: string;
  help: string;
  is_open: boolean;
  directions: Direction[];
  url: string;
}

export interface DistributionSpec {
  url: string;
  dim: number;
  diagonal: boolean;
  cumulative_weights: number[];
  log_radii: string;
  log_probabilities: string;
}

export interface DrawingPadData {
  answered_seq: number;
  hint: string;
  name: string;
}

export interface Example {
  id: number;
  label: string;
  picture: string;
}

export interface ExamplesData {
  caption: string;
  examples: Example[];
  chosen: number | null;
}

export interface FactorRow {
  name: string;
  words: string;
  at: number | null;
  start: number | null;
  hint: string;
}

export interface FactorTable {
  heading: string;
  rows: FactorRow[];
  primary: number;
}

export interface FourCornersData {
  decoder: DecoderSpec;
  space: SpaceSpec;
  codes: string;
  position: PadPosition;
  channel: string;
  cards: Card[];
  active: string;
  smooth: boolean;
}

export interface GeodesicTransformSpec {
  kind: "geodesic";
  k: number;
  geodesics: TableSpec;
  mean_sq: string;
  pseudo_inverse: string;
}

export interface Histograms {
  url: string;
  bins: number;
}

export interface ImageVerdict {
  support_level: "far from data" | "near data" | "sparse";
  image_level: "doubtful" | "like the data" | "unlike the data" | null;
}

export interface InspectorData {
  current: SampleInfo | null;
  hint: string;
}

export interface Leakage {
  name: string;
  value: number;
}

export interface LinearInverseSpec {
  kind: "linear";
  mean: number[];
  axes: number[][];
  note: string;
}

export interface LinearTransformSpec {
  kind: "linear";
  mean: number[];
  axes: number[][];
}

export interface MapData {
  points: PointsData;
  color: ClassData | ScaleData;
  labels: ClassData | null;
  sheet: SheetSpec | null;
  selected: number | null;
  has_selection: boolean;
  toolbar: boolean;
  marks: MarkData[];
  height: number | null;
  computing: boolean;
  note: string;
  title: string;
  decode: DecodeSpec | null;
  lines: PathLineData[];
  axes: AxisData[];
  channel: string;
  link: string;
  names: BlobUrl | null;
  sample_noun: string;
}

export interface MapPoints {
  url: string;
  dims: number;
  lo: number[];
  hi: number[];
}

export interface MarkData {
  at: number[];
  label: string;
}

export interface Neighbor {
  id: number;
  label: string;
  distance: string;
}

export interface NeighborInverseSpec {
  kind: "neighbors";
  k: number;
  softening: number;
  distance_quantiles: number[];
  note: string;
}

export interface PadPosition {
  u: number;
  v: number;
  kind: "linear" | "spherical";
}

export interface PageHeaderData {
  presenting: boolean;
  glossary: [string, string][];
  page: string;
  tour: TourStep[];
}

export interface PathLineData {
  points: number[];
  name: string;
  tone: "first" | "second" | "third";
}

export interface PathPosition {
  kind: "cross-fade" | "geodesic" | "linear" | "spherical";
  time: number;
}

export interface PathSpec {
  kind: "cross-fade" | "geodesic" | "linear" | "spherical";
  times: string;
  rows: string;
}

export interface PipelineData {
  image_shape: [number, number, number];
  latent_dim: number;
  encoder: string;
  map: MapPoints | null;
  current: PipelineImage | null;
  thumbs: PipelineThumb[];
  more: number;
  chosen: number;
  hint: string;
}

export interface PipelineImage {
  original: string;
  model_input: string;
  decoded: string;
  difference: string;
  original_caption: string;
  model_input_caption: string;
  decoded_caption: string;
  verdict: ImageVerdict | null;
  unusual: boolean;
  code: Code;
  map_point: number[] | null;
}

export interface PipelineThumb {
  name: string;
  picture: string;
  refused: string;
}

export interface PlanePoint {
  name: string;
  at: [number, number];
  group: number;
  movable: boolean;
}

export interface PlaneSpec {
  space: SpaceSpec;
  classes: BlobUrl | null;
}

export interface PointPlaneData {
  points: PlanePoint[];
  shows_cosine: boolean;
  target: [number, number] | null;
}

export interface PointsData {
  url: string;
  count: number;
  dims: 2 | 3;
  lo: number[];
  hi: number[];
}

export interface PreviewData {
  channel: string;
  decoder: DecoderSpec;
  space: SpaceSpec;
}

export interface RealismLimits {
  like: number;
  unlike: number;
}

export interface RemoteFile {
  url: string;
  bytes: number;
}

export interface SampleGridData {
  decoder: DecoderSpec | null;
  space: SpaceSpec;
  distribution: DistributionSpec;
  sheet: SheetSpec | null;
  names: BlobUrl | null;
  typical_distance: number;
  sample_noun: string;
  state: SampleGridState;
}

export interface SampleGridState {
  seed: number;
  temperature: number;
  truncation: number;
  nearest: boolean;
  selected: number | null;
}

export interface SampleInfo {
  id: number;
  count: number;
  label: string;
  title: string;
  original: string;
  decoded: string;
  difference: string;
  width: number;
  error: string;
  sentence: string;
  reconstruction_percentile: number;
  unusual: boolean;
  code: Code;
  neighbors: Neighbor[];
  n_neighbors: number;
  metric: "cosine" | "euclidean";
  sheet: SheetSpec;
  in_tray: boolean;
  factors: FactorTable | null;
}

export interface ScaleData {
  kind: "scale";
  url: string;
  title: string;
  help: string;
  n_missing: number;
  lo: number;
  hi: number;
  range: [number, number];
  high_last: boolean;
}

export interface SheetSpec {
  url: string;
  columns: number;
  width: number;
  height: number;
}

export interface SmallAutoencoderData {
  encoder: AffineData;
  decoder: AffineData;
  codes: [number, number, number][];
  classes: number[];
  class_names: string[];
  picture: number[];
  code: [number, number, number];
  turned_degrees: number;
  parts: ("code" | "decoded" | "numbers" | "picture" | "plot")[];
  edits_code: boolean;
  target: [number, number, number] | null;
}

export interface SpaceSpec {
  codes: TableSpec;
  code_dims: number[];
  active_dims: number[];
  distance_quantiles: number[];
  prior_norm_quantiles: number[];
  near_limit: number;
  sparse_limit: number;
}

export interface Start {
  code: number[];
  name: string;
  label: string;
}

export interface StepKeysData {
}

export interface SupportLimits {
  near: number;
  sparse: number;
}

export interface TableSpec {
  url: string;
  count: number;
  dims: number;
  lo: number[];
  hi: number[];
}

export interface TimelineStop {
  time: number;
  name: string;
}

export interface TourStep {
  selector: string;
  title: string;
  text: string;
}

export interface TraversalSheetData {
  name: string;
  decoder: DecoderSpec;
  rows: number[];
  steps: number;
  around: "code" | "mean";
}

export interface TrayData {
  items: TrayItem[];
  session: string;
}

export interface TrayItem {
  key: string;
  picture: string;
  label: string;
  model: string;
  code: string;
  sample: number | null;
}

export interface TwoEndpointsData {
  decoder: DecoderSpec;
  paths: PathSpec[];
  key: string;
  limits: SupportLimits;
  position: PathPosition;
  stops: TimelineStop[];
  seconds: number;
  channel: string;
  cards: Card[];
  waiting: string;
  smooth: boolean;
  active: string;
}

export interface WaypointsData {
  decoder: DecoderSpec;
  paths: PathSpec[];
  key: string;
  limits: SupportLimits;
  position: PathPosition;
  stops: TimelineStop[];
  seconds: number;
  channel: string;
  cards: Card[];
  waiting: string;
  smooth: boolean;
  legs: number[];
}

export interface WordItem {
  id: number;
  name: string;
  figure: string;
  share: number;
}

export interface WordList {
  heading: string;
  note: string;
  ranked: boolean;
  main: boolean;
  items: WordItem[];
  more: number;
}

export interface WordsData {
  title: string;
  subtitle: string;
  count: number;
  id: number | null;
  code: Code | null;
  closes: boolean;
  lists: WordList[];
}
