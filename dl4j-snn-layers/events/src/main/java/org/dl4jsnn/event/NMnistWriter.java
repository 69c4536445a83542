package org.dl4jsnn.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes what {@link NMnistDecoder} reads. */
final class NMnistWriter extends EventWriter {

  /** One byte each, except the row that marks a wrap of the time. */
  private static final SensorSize LARGEST = new SensorSize(256, NMnistDecoder.OVERFLOW_ROW);

  private static final int TIME_BITS = 23;

  private final byte[] record = new byte[NMnistDecoder.RECORD];
  private boolean isFirst = true;

  NMnistWriter(Path file, SensorSize sensor) throws IOException {
    super(file, EventFormat.N_MNIST, sensor, LARGEST, TIME_BITS);
  }

  @Override
  void write(OutputStream out, int x, int y, long t, boolean on) throws IOException {
    record[0] = (byte) x;
    record[1] = (byte) y;
    record[2] = (byte) ((on ? 0x80 : 0) | t >>> 16);
    record[3] = (byte) (t >>> 8);
    record[4] = (byte) t;
    if (isFirst && beginsAnother(record)) {
      throw new IllegalArgumentException(
          String.format(
              "the first event must not be (%d, %d) %s at %d µs: its bytes begin a gzipped file, a"
                  + " zip archive or a text, and the file would be read as one",
              x, y, on ? "ON" : "OFF", t));
    }
    isFirst = false;
    out.write(record);
  }

  private static boolean beginsAnother(byte[] record) {
    String text = new String(record, StandardCharsets.ISO_8859_1);
    boolean mayBeLine = text.startsWith(PropheseeHeader.MARK) && !isEndedByControls(text);
    return text.startsWith(ByteSource.GZIP) || text.startsWith(FormatRecognition.ZIP) || mayBeLine;
  }

  /** A header's line goes on, over later events, to a line feed or a character that none has. */
  private static boolean isEndedByControls(String text) {
    int place = PropheseeHeader.MARK.length();
    while (place < text.length() && !HeaderLine.ends(text.charAt(place))) {
      place++;
    }
    return place < text.length() && text.charAt(place) != '\n';
  }
}
