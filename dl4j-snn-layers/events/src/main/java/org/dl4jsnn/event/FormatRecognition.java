package org.dl4jsnn.event;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds a file's format by its content, whatever its name. */
final class FormatRecognition {

  /** The start of a zip archive. */
  static final String ZIP = "PK\u0003\u0004";

  private static final String AEDAT = "#!AER-DAT";
  private static final String AEDAT_MARK = "#";
  private static final String NUMPY = "\u0093NUMPY";

  /** How many leading events of a file without a header are checked. */
  private static final int EVENTS_LOOKED_AT = 200;

  private static final String KNOWN =
      "it must be a recording in AEDAT 2.0, 3.1 or 4, Prophesee .dat, EVT 2.0, 2.1 or 3.0, HDF5,"
          + " NumPy, text or N-MNIST's layout, got ";

  private static final String UNKNOWN =
      "another kind of file, or a damaged start; if you know its format, name it with "
          + "ReadOptions.as";

  /** The formats that can be read as they arrive, from front to back. */
  private static final Set<EventFormat> LIVE =
      EnumSet.of(EventFormat.EVT_2, EventFormat.EVT_2_1, EventFormat.EVT_3, EventFormat.AEDAT_4);

  private FormatRecognition() {}

  /**
   * The decoder of a file, positioned after the header.
   *
   * @param source the file, at its beginning
   * @param known the format, if it must not be recognised by content
   * @throws EventFormatException if the format is not readable or the header is damaged
   */
  static EventDecoder decoder(ByteSource source, Optional<EventFormat> known) throws IOException {
    if (source.peek(0) < 0) {
      throw source.failure(
          "it must hold events", "an empty file", "a recording stopped immediately");
    }
    if (known.isPresent()) {
      return open(source, known.get());
    }
    if (source.startsWith(0, AEDAT)) {
      return aedat(source);
    }
    if (source.startsWith(0, PropheseeHeader.MARK)) {
      // The whole header is read first, because the format is named in the middle of it.
      PropheseeHeader header = propheseeHeader(source);
      if (!header.isEmpty()) {
        return prophesee(source, header);
      }
    }
    if (source.startsWith(0, Hdf5Decoder.MAGIC)) {
      return Hdf5Decoder.open(source);
    }
    if (source.startsWith(0, NUMPY)) {
      return NumpyDecoder.open(source);
    }
    if (EsImageNetDecoder.isNext(source)) {
      return EsImageNetDecoder.open(source);
    }
    Optional<TextLayout> text = TextLayout.find(source);
    if (text.isPresent()) {
      return TextDecoder.open(source, text.get());
    }
    Optional<String> other = otherFile(source);
    if (other.isEmpty() && looksLikeNMnist(source)) {
      return new NMnistDecoder();
    }
    throw source.failure(KNOWN + "something else. Possible cause: " + other.orElse(UNKNOWN));
  }

  /**
   * The decoder of a stream, positioned after the header. Waits for no bytes beyond the header.
   *
   * @param source the stream, at its beginning
   * @param known the format, if it must not be recognised by content
   * @throws EventFormatException if its format cannot be read as it arrives, or its header is
   *     damaged
   * @throws IllegalArgumentException if the given format cannot be read as it arrives
   */
  static EventDecoder liveDecoder(ByteSource source, Optional<EventFormat> known)
      throws IOException {
    if (known.isPresent() && !LIVE.contains(known.get())) {
      throw new IllegalArgumentException(
          "the format of a stream must be one of " + LIVE + ", got " + known.get());
    }
    if (source.peek(0) < 0) {
      throw source.failure("it must hold events", "an empty stream", "the sender has ended");
    }
    if (known.isPresent()) {
      return open(source, known.get());
    }
    if (source.startsWith(0, AEDAT + "4.0") || Aedat4Header.isNextWithoutLine(source)) {
      return open(source, EventFormat.AEDAT_4);
    }
    if (source.startsWith(0, PropheseeHeader.MARK)) {
      EventDecoder decoder = prophesee(source, propheseeHeader(source));
      if (LIVE.contains(decoder.format())) {
        return decoder;
      }
    }
    throw source.failureAt(
        0,
        "a stream must begin with the header of EVT 2.0, 2.1 or 3.0, or of AEDAT 4",
        "something else",
        "a stream that began before this program listened, or another format; ReadOptions.as reads EVT without a header");
  }

  private static EventDecoder open(ByteSource source, EventFormat format) throws IOException {
    return switch (format) {
      case AEDAT_2 -> Aedat2Decoder.open(source, lines(source, Aedat2Decoder.END));
      case AEDAT_3_1 -> Aedat31Decoder.open(source, lines(source, Aedat31Decoder.END));
      case PROPHESEE_DAT -> DatDecoder.open(source, propheseeHeader(source));
      case EVT_2, EVT_2_1 -> new Evt2Decoder(format, source, propheseeHeader(source));
      case EVT_3 -> new Evt3Decoder(source, propheseeHeader(source));
      case AEDAT_4 -> new Aedat4Decoder(Aedat4Header.read(source));
      case N_MNIST -> new NMnistDecoder();
      case HDF5 -> Hdf5Decoder.open(source);
      case NUMPY -> NumpyDecoder.open(source);
      case ES_IMAGENET -> EsImageNetDecoder.open(source);
      case TEXT -> TextDecoder.open(source);
    };
  }

  private static List<HeaderLine> lines(ByteSource source, String end) throws IOException {
    return HeaderLine.readAll(source, AEDAT_MARK, end);
  }

  private static PropheseeHeader propheseeHeader(ByteSource source) throws IOException {
    return new PropheseeHeader(
        HeaderLine.readAll(source, PropheseeHeader.MARK, PropheseeHeader.END));
  }

  private static EventDecoder aedat(ByteSource source) throws IOException {
    if (source.startsWith(0, AEDAT + "2.0")) {
      return open(source, EventFormat.AEDAT_2);
    }
    if (source.startsWith(0, AEDAT + "3.1")) {
      return open(source, EventFormat.AEDAT_3_1);
    }
    if (source.startsWith(0, AEDAT + "4.0")) {
      return open(source, EventFormat.AEDAT_4);
    }
    throw source.failure(
        "the version of an AEDAT file must be 2.0, 3.1 or 4.0",
        text(source, AEDAT.length(), 3),
        "a recording from an older or newer program");
  }

  private static EventDecoder prophesee(ByteSource source, PropheseeHeader header)
      throws IOException {
    Optional<String> encoding = header.encoding();
    if (encoding.isEmpty() && header.isDat()) {
      return DatDecoder.open(source, header);
    }
    return switch (encoding.orElse("none")) {
      case "EVT2" -> new Evt2Decoder(EventFormat.EVT_2, source, header);
      case "EVT21" -> new Evt2Decoder(EventFormat.EVT_2_1, source, header);
      case "EVT3" -> new Evt3Decoder(source, header);
      default ->
          throw source.failureAt(
              0,
              "the header of a Prophesee file must name EVT 2.0, 2.1 or 3.0, or a .dat file's version",
              encoding.orElse("none"),
              "a file from an older or newer program; if you know its format, name it with ReadOptions.as");
    };
  }

  /**
   * Whether the first events have rows of the camera and times that do not fall. ASCII text may
   * have both, but not the small numbers that times begin with.
   */
  private static boolean looksLikeNMnist(ByteSource source) throws IOException {
    int last = -1;
    boolean text = true;
    int event = 0;
    while (event < EVENTS_LOOKED_AT && source.peek((event + 1) * NMnistDecoder.RECORD - 1) >= 0) {
      int start = event * NMnistDecoder.RECORD;
      int row = source.peek(start + 1);
      int time =
          (source.peek(start + 2) & 0x7F) << 16
              | source.peek(start + 3) << 8
              | source.peek(start + 4);
      if (row > NMnistDecoder.OVERFLOW_ROW || (row < NMnistDecoder.OVERFLOW_ROW && time < last)) {
        return false;
      }
      for (int i = start; i < start + NMnistDecoder.RECORD; i++) {
        text &= isText(source.peek(i));
      }
      // After an overflow mark the counter starts again.
      last = row == NMnistDecoder.OVERFLOW_ROW ? -1 : time;
      event++;
    }
    return event > 0 && !text;
  }

  private static boolean isText(int value) {
    return value >= ' ' && value < 127 || value == '\t' || value == '\r' || value == '\n';
  }

  /** Files whose start could be mistaken for an event without a header. */
  private static Optional<String> otherFile(ByteSource source) throws IOException {
    if (source.startsWith(0, ByteSource.GZIP)) {
      return Optional.of("gzipped twice; unpack it first");
    }
    if (source.startsWith(0, ZIP)) {
      return Optional.of("a zip archive; unpack it first");
    }
    return Optional.empty();
  }

  private static String text(ByteSource source, int from, int length) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + length && isText(source.peek(i)); i++) {
      text.append((char) source.peek(i));
    }
    return text.toString();
  }
}
