package org.dl4jsnn.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of the text before the events.
 *
 * @param offset where it begins, in bytes
 * @param text its text after the mark, without the line's end
 */
record HeaderLine(long offset, String text) {

  /**
   * The longest line; jAER writes Java preferences there, whose values have up to 8,192 characters.
   */
  private static final int LONGEST = ByteSource.BUFFER / 2;

  /** The longest header; jAER's have a few hundred KiB. */
  private static final int LARGEST_HEADER = 4 << 20;

  /**
   * Reads the lines that begin with a mark, up to the one that ends the header or the first bytes
   * that are not such a line.
   */
  static List<HeaderLine> readAll(ByteSource source, String mark, String end) throws IOException {
    List<HeaderLine> lines = new ArrayList<>();
    while (true) {
      int length = source.startsWith(0, mark) ? length(source) : 0;
      if (length == 0) {
        return lines;
      }
      HeaderLine line = read(source, mark, length);
      lines.add(line);
      if (line.text.equals(end)) {
        return lines;
      }
      if (source.offset() > LARGEST_HEADER) {
        throw source.failure(
            "the header must end within " + LARGEST_HEADER + " bytes", "more", "a text file");
      }
    }
  }

  /** Whether a line ends with a character: a line feed, or a control character that no text has. */
  static boolean ends(int value) {
    return value < ' ' && value != '\t' && value != '\r';
  }

  /** Bytes of the line with its end; 0 if it has control characters and is therefore events. */
  private static int length(ByteSource source) throws IOException {
    for (int i = 0; i < LONGEST; i++) {
      int value = source.peek(i);
      if (value == '\n') {
        return i + 1;
      }
      if (value < 0) {
        source.begin(0);
        throw source.failure(
            "the header's line must end with a line feed",
            "the end of the file after " + i + " bytes",
            "a truncated file");
      }
      if (ends(value)) {
        return 0;
      }
    }
    source.begin(0);
    throw source.failure(
        "the header's line must be shorter than " + LONGEST + " bytes",
        "a longer one",
        "a text file, or a damaged header");
  }

  private static HeaderLine read(ByteSource source, String mark, int length) throws IOException {
    source.begin(length);
    long offset = source.offset();
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) source.unsignedByte());
    }
    return new HeaderLine(offset, text.substring(mark.length()).strip());
  }
}
