package org.dl4jsnn.event.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.BackwardTimestamps;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/** The events of a reader: of bytes that arrive over time, or of a whole file. */
final class ReaderStream implements EventStream {

  static final int CONNECT_MILLIS = 5000;

  private final EventReader reader;
  private final int most;

  /** A stream that returns a number of events at most at once. */
  ReaderStream(EventReader reader, int most) {
    this.reader = reader;
    this.most = most;
  }

  /** A slice that has ended cannot get further events. */
  static void requireOrder(ReadOptions options) {
    BackwardTimestamps backward = Require.given("options", options).backward();
    Require.not(
        backward != BackwardTimestamps.REFUSE,
        "backward must be REFUSE for a stream, got %s. Possible cause: events that"
            + " belong to slices that have ended",
        backward);
  }

  /** The name of a sender in messages; Windows has no paths with the colons of IPv6. */
  static Path name(InetSocketAddress address) {
    return Path.of(
        "port-" + address.getPort() + "-of-" + address.getHostString().replace(':', '-'));
  }

  @Override
  public Optional<SensorSize> sensor() {
    return reader.sensor();
  }

  @Override
  public EventTable next() throws IOException {
    // What is in front of damage, before its exception.
    return reader.nextArrived(most);
  }

  @Override
  public List<String> warnings() {
    return reader.warnings();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
