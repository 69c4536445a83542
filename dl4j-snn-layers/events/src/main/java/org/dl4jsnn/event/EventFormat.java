package org.dl4jsnn.event;

/**
 * The formats that can be read, and how each maps to the common convention: x to the right, y down,
 * t in microseconds, ON = true. Raw names are those of the format.
 */
public enum EventFormat {

  /**
   * AEDAT 2.0 of a DVS128 or a DAVIS: x = width - 1 - raw x, y = height - 1 - raw y (raw rows count
   * from the bottom), t = the 32 bits unsigned, ON = polarity bit 0 (DVS128) or 1 (DAVIS). The size
   * is that of the chip named in the header, or 128 x 128 if none is named. External events and
   * words of frames and motion are left out.
   */
  AEDAT_2("AEDAT 2.0"),

  /**
   * AEDAT 3.1: x and y as they are (from the upper left), t = eventTSOverflow · 2³¹ + timestamp, ON
   * = polarity bit 1. The size is that of the camera named in the header. Events marked invalid,
   * packets of other kinds and packets of a second source are left out.
   */
  AEDAT_3_1("AEDAT 3.1"),

  /**
   * AEDAT 4, uncompressed or compressed by LZ4 or Zstandard: x, y and t as they are, ON = polarity
   * 1. The size is the header's. Packets of frames, motion and triggers and of a second event
   * stream are left out.
   */
  AEDAT_4("AEDAT 4"),

  /**
   * Prophesee .dat, version 2, of CD events: x, y and t as they are, ON = polarity 1. The size is
   * the header's Width and Height, if present.
   */
  PROPHESEE_DAT("Prophesee DAT"),

  /**
   * Prophesee .raw in EVT 2.0: x and y as they are, t = TIME_HIGH · 64 + the event's 6 bits, ON =
   * type CD_ON. The size is the header's, or that of the camera named there. Triggers, monitoring
   * words and events before the first TIME_HIGH are left out.
   */
  EVT_2("EVT 2.0"),

  /**
   * Prophesee .raw in EVT 2.1: like EVT 2.0, but each event has a mask of pixels that fired,
   * starting at x.
   */
  EVT_2_1("EVT 2.1"),

  /**
   * Prophesee .raw in EVT 3.0: x and y as they are, vectors are expanded in order of x, t =
   * TIME_HIGH · 4096 + TIME_LOW, ON = polarity 1. The size is the header's, or that of the camera
   * named there. Triggers, monitoring words and events before the first TIME_HIGH are left out.
   */
  EVT_3("EVT 3.0"),

  /**
   * N-MNIST's layout of 5 bytes per event, also used by N-Caltech101: x, y and t as they are, ON =
   * polarity 1. An event in row 240 is not an event: it adds 8,192 µs to all later times. The file
   * has no header and hence no size.
   */
  N_MNIST("N-MNIST"),

  /**
   * HDF5: columns x, y, t and p in a group (DSEC, M3ED, E2VID), in a compound data set
   * (Metavision), or t, x, y, p as the columns of one (v2e); integer times are microseconds,
   * floating-point times are seconds, and a {@code t_offset} is added. ON = 1, OFF = 0 or -1. The
   * size comes from the file's attributes. Gzip is unpacked; other compressions are refused by
   * name.
   */
  HDF5("HDF5"),

  /**
   * A NumPy file of one structured array with fields x, y, t and p: integer times are microseconds,
   * floating-point times are seconds; ON = 1, OFF = 0 or -1. It states no size.
   */
  NUMPY("NumPy"),

  /**
   * ES-ImageNet: a NumPy archive of arrays {@code pos} (ON) and {@code neg} (OFF), one row per
   * event: y, x and the step, which is read as microseconds. Events are sorted by step. It states
   * no size.
   */
  ES_IMAGENET("ES-ImageNet"),

  /**
   * Text, one line per event: t, x, y, p, or the order of column names in the first line, separated
   * by spaces, commas, semicolons or tabs. Integer times are microseconds, others are seconds; ON =
   * 1, OFF = 0 or -1. The size is that of an initial line {@code width height}, if present.
   */
  TEXT("text");

  private final String title;

  EventFormat(String title) {
    this.title = title;
  }

  /** The format's display name, such as {@code EVT 3.0}. */
  @Override
  public String toString() {
    return title;
  }
}
