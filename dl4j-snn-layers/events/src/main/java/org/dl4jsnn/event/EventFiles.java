package org.dl4jsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.dl4jsnn.internal.Require;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads recordings of event cameras in any {@link EventFormat}. The format is recognised by
 * content, not by file name. Gzipped files are unpacked while they are read.
 *
 * <pre>{@code
 * EventTable events = EventFiles.read(file); // of any format
 * for (int i = 0; i < events.size(); i++) {
 *   int pixel = events.y(i) * events.sensor().width() + events.x(i);
 * }
 * }</pre>
 */
public final class EventFiles {

  private static final Logger LOG = LoggerFactory.getLogger(EventFiles.class);

  private EventFiles() {}

  /**
   * {@return the events of a whole recording, in order of time, read with {@link
   * ReadOptions#defaults()}}
   *
   * @param file the file
   * @throws EventFormatException if the file is malformed
   * @throws IOException if the file does not exist or cannot be read
   */
  public static EventTable read(Path file) throws IOException {
    return read(file, ReadOptions.defaults());
  }

  /**
   * Reads a whole recording. What the options tolerate is logged as a warning; other notes are
   * logged at debug level.
   *
   * @param file the file
   * @param options how to read it
   * @return its events
   * @throws EventFormatException if the file is malformed, or has more events than fit into half of
   *     the heap
   * @throws IOException if the file does not exist or cannot be read
   */
  public static EventTable read(Path file, ReadOptions options) throws IOException {
    return read(file, options, eventsThatFit());
  }

  static EventTable read(Path file, ReadOptions options, int fitting) throws IOException {
    Require.given("options", options);
    try (EventReader reader = reader(file, options)) {
      EventTable table = reader.newTable();
      reader.readInto(table, fitting);
      if (table.size() == fitting && fitting < options.maximumEvents() && reader.hasMore()) {
        throw reader.failureHere(
            "the events must fit into half of the heap, " + fitting + " here",
            "more",
            "a long recording; give Java a larger heap (-Xmx), limit the events by"
                + " ReadOptions.atMost, or read piece by piece with EventFiles.open");
      }
      if (options.backward() == BackwardTimestamps.SORT && reader.backwardEvents() > 0) {
        table.sort();
      }
      table.trim();
      for (String warning : reader.warnings()) {
        LOG.warn("{}: {}", file, warning);
      }
      for (String note : reader.notes()) {
        LOG.debug("{}: {}", file, note);
      }
      return table;
    }
  }

  /**
   * Opens a recording to read it piece by piece.
   *
   * @param file the file
   * @param options how to read it; sorting is refused, because it needs all events at once
   * @return the reader, before the first event
   * @throws EventFormatException if the format is unknown or the header is damaged
   * @throws IOException if the file does not exist or cannot be read
   * @throws IllegalArgumentException if the options ask for sorting
   */
  public static EventReader open(Path file, ReadOptions options) throws IOException {
    requireUnsorted(options);
    return reader(file, options);
  }

  /**
   * Opens a stream of events in a format that camera programs send: EVT 2.0, 2.1 or 3.0, or AEDAT
   * 4. It begins with the same header as a file; AEDAT 4 may lack the first line, as it does when
   * iniVation's programs send it over a network.
   *
   * @param stream the bytes; closed by the reader
   * @param name its name in messages
   * @param options how to read it; {@link ReadOptions#as} reads EVT without a header
   * @return the reader, before the first event; {@link EventReader#nextArrived} reads what has
   *     arrived
   * @throws EventFormatException if it is of another format, or its header is damaged
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the options ask for sorting, or for another format
   */
  public static EventReader open(InputStream stream, Path name, ReadOptions options)
      throws IOException {
    requireUnsorted(options);
    Require.given("name", name);
    return new EventReader(new ByteSource(Require.given("stream", stream), name), options, true);
  }

  private static void requireUnsorted(ReadOptions options) {
    Require.not(
        Require.given("options", options).backward() == BackwardTimestamps.SORT,
        "backward must be REFUSE or KEEP, got SORT. Possible cause: only"
            + " EventFiles.read holds all events and can sort them");
  }

  private static EventReader reader(Path file, ReadOptions options) throws IOException {
    return new EventReader(new ByteSource(Require.given("file", file)), options, false);
  }

  private static int eventsThatFit() {
    long half = Runtime.getRuntime().maxMemory() / 2;
    return (int) Math.min(EventTable.LARGEST, half / EventTable.BYTES_WHILE_GROWING);
  }
}
