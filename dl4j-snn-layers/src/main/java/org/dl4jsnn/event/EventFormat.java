package org.dl4jsnn.event;

/**
 * The formats that can be read, and how each maps to the one convention: x to the right, y down, t
 * in microseconds, ON = true. Raw names are those of the format.
 */
public enum EventFormat {

  /**
   * AEDAT 2.0 of a DVS128 or a DAVIS: x = width - 1 - raw x, y = height - 1 - raw y (raw rows count
   * from the bottom), t = the 32 bits unsigned, ON = polarity bit 0 (DVS128) or 1 (DAVIS). The size
   * is that of the chip which the header names, 128 x 128 without one. External events are left
   * out, and words of frames and motion.
   */
  AEDAT_2("AEDAT 2.0"),

  /**
   * AEDAT 3.1: x and y as they are (from the upper left), t = eventTSOverflow · 2³¹ + timestamp, ON
   * = polarity bit 1. The size is that of the camera which the header names. Events that are marked
   * invalid, packets of other kinds and of a second source are left out.
   */
  AEDAT_3_1("AEDAT 3.1"),

  /**
   * AEDAT 4, uncompressed, in LZ4 or in Zstandard: x, y and t as they are, ON = polarity 1. The
   * size is the header's. Packets of frames, motion and triggers and of a second stream of events
   * are left out. Zstandard needs the optional library {@code io.airlift:aircompressor}.
   */
  AEDAT_4("AEDAT 4"),

  /**
   * Prophesee .dat, version 2, of CD events: x, y and t as they are, ON = polarity 1. The size is
   * that of the header's Width and Height, where it has them.
   */
  PROPHESEE_DAT("Prophesee DAT"),

  /**
   * Prophesee .raw in EVT 2.0: x and y as they are, t = TIME_HIGH · 64 + the event's 6 bits, ON =
   * type CD_ON. The size is the header's, or that of the camera which it names. Triggers and
   * monitoring words are left out, and events before the first TIME_HIGH.
   */
  EVT_2("EVT 2.0"),

  /**
   * Prophesee .raw in EVT 2.1: as EVT 2.0, each event with a mask of pixels that fired from x on.
   */
  EVT_2_1("EVT 2.1"),

  /**
   * Prophesee .raw in EVT 3.0: x and y as they are, vectors spread out in growing x, t = TIME_HIGH
   * · 4096 + TIME_LOW, ON = polarity 1. The size is the header's, or that of the camera which it
   * names. Triggers and monitoring words are left out, and events before the first TIME_HIGH.
   */
  EVT_3("EVT 3.0"),

  /**
   * N-MNIST's layout of 5 bytes an event, also that of N-Caltech101: x, y and t as they are, ON =
   * polarity 1. An event in row 240 is no event, but adds 8,192 µs to the time from there on. The
   * file has no header, so no size.
   */
  N_MNIST("N-MNIST"),

  /**
   * HDF5: columns x, y, t and p in a group (DSEC, M3ED, E2VID), in a compound data set
   * (Metavision), or t, x, y, p as the columns of one (v2e); whole times are microseconds, floating
   * point ones seconds, and a {@code t_offset} is added. ON = 1, OFF = 0 or -1. The size is what
   * the file's attributes state. Gzip is unpacked; other compressions are refused by name.
   */
  HDF5("HDF5"),

  /**
   * A NumPy file of one structured array with fields x, y, t and p: whole times are microseconds,
   * floating point ones seconds; ON = 1, OFF = 0 or -1. It names no size.
   */
  NUMPY("NumPy"),

  /**
   * ES-ImageNet: a NumPy archive of arrays {@code pos} (ON) and {@code neg} (OFF), a row an event:
   * y, x and the step, which is taken for microseconds. Events are sorted by step. It names no
   * size.
   */
  ES_IMAGENET("ES-ImageNet"),

  /**
   * Text, a line an event: t, x, y, p, or as a first line names the columns, parted by spaces,
   * commas, semicolons or tabs. Whole times are microseconds, others seconds; ON = 1, OFF = 0 or
   * -1. The size is that of a line {@code width height} in front, if there is one.
   */
  TEXT("text");

  private final String title;

  EventFormat(String title) {
    this.title = title;
  }

  /** The format's name for people: {@code EVT 3.0}. */
  @Override
  public String toString() {
    return title;
  }
}
