package org.dl4jsnn.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.dl4jsnn.internal.io.AtomicFile;

/**
 * Writes N-MNIST's layout, as {@link EventFiles} reads it, with five bytes per event: x, y, then
 * polarity in the top bit of 24, and the time in the other 23, big-endian. The file does not state
 * the sensor's size.
 */
public final class NMnistWriter implements EventWriter {

  /** One byte each, except the row that marks a wrap of the time. */
  private static final SensorSize LARGEST = new SensorSize(256, NMnistDecoder.OVERFLOW_ROW);

  private static final int TIME_BITS = 23;

  private final WritableEvents events;
  private final AtomicFile file;
  private final byte[] record = new byte[NMnistDecoder.RECORD];
  private boolean isFirst = true;

  /**
   * Starts a file.
   *
   * @param file the file to write
   * @param sensor the size of the sensor, at most 256 x 240; N-MNIST's is 34 x 34
   * @throws IOException if the file cannot be created
   * @throws IllegalArgumentException if the sensor is larger
   */
  public NMnistWriter(Path file, SensorSize sensor) throws IOException {
    events = new WritableEvents(EventFormat.N_MNIST, sensor, LARGEST, TIME_BITS);
    this.file = new AtomicFile(file);
  }

  /**
   * Writes an event.
   *
   * @param x column, on the sensor
   * @param y row, on the sensor
   * @param t time in µs, below 2^23 (8.4 s)
   * @param on whether it is brighter (ON)
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the event breaks one of these rules or goes back in time
   * @throws IllegalStateException if the file was finished or closed before
   */
  @Override
  public void accept(int x, int y, long t, boolean on) throws IOException {
    OutputStream out = file.out();
    events.check(x, y, t);
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
    return Gzip.isStart(record) || text.startsWith(FormatRecognition.ZIP) || mayBeLine;
  }

  /** A header's line goes on, over later events, to a line feed or a character that none has. */
  private static boolean isEndedByControls(String text) {
    int place = PropheseeHeader.MARK.length();
    while (place < text.length() && !HeaderLine.ends(text.charAt(place))) {
      place++;
    }
    return place < text.length() && text.charAt(place) != '\n';
  }

  @Override
  public void finish() throws IOException {
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
