package org.dl4jsnn.event.stream;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * Events that arrive over time, in pieces. One thread reads; another may call {@link #close}, which
 * ends the stream.
 */
public interface EventStream extends AutoCloseable {

  /** {@return the sensor's size that the stream or the options give; empty if neither does} */
  Optional<SensorSize> sensor();

  /**
   * Waits for the next events.
   *
   * @return the events that have arrived, in order of time; none at the end
   * @throws org.dl4jsnn.event.EventFormatException if the stream is damaged
   * @throws IOException if it cannot be read
   * @throws InterruptedException if the thread is interrupted
   */
  EventTable next() throws IOException, InterruptedException;

  /** {@return the faults that the options tolerated so far, one sentence per fault} */
  List<String> warnings();

  @Override
  void close() throws IOException;

  /**
   * {@return events from bytes as camera programs send them; see {@link
   * EventFiles#open(InputStream, Path, ReadOptions)}} Waits for the header.
   *
   * @param bytes the source; closed with the stream
   * @param name the name in messages
   * @param options how to read it
   * @throws org.dl4jsnn.event.EventFormatException if the format is another or the header is
   *     damaged
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the options let times go backwards
   */
  static EventStream of(InputStream bytes, Path name, ReadOptions options) throws IOException {
    ReaderStream.requireOrder(options);
    return new ReaderStream(EventFiles.open(bytes, name, options), 1 << 16);
  }

  /**
   * {@return events from the standard input}
   *
   * @param options how to read it
   * @throws IOException as for {@link #of}
   */
  static EventStream standardInput(ReadOptions options) throws IOException {
    // Other code may continue reading, and closing would not wake a blocked reader.
    InputStream open =
        new FilterInputStream(new FileInputStream(FileDescriptor.in)) {
          @Override
          public void close() {}
        };
    return of(open, Path.of("standard-input"), options);
  }

  /**
   * {@return events from a program that listens on this machine, such as iniVation's DV, whose
   * network output has port 7777}
   *
   * @param port the program's port
   * @param options how to read it
   * @throws IOException if nothing listens there, and as for {@link #of}
   */
  static EventStream connect(int port, ReadOptions options) throws IOException {
    return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), options);
  }

  /**
   * {@return events from a program that listens, perhaps on another machine} The data is neither
   * encrypted nor signed, so use it only in networks that you trust.
   *
   * @param address the program's address
   * @param options how to read it
   * @throws IOException if nothing listens there, and as for {@link #of}
   */
  static EventStream connect(InetSocketAddress address, ReadOptions options) throws IOException {
    ReaderStream.requireOrder(options);
    Socket socket = new Socket();
    try {
      socket.connect(Require.given("address", address), ReaderStream.CONNECT_MILLIS);
      return of(socket.getInputStream(), ReaderStream.name(address), options);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * {@return a recording at its original pace, or faster; its time starts with the first call of
   * {@link #next}}
   *
   * @param file a recording of any format
   * @param options how to read it
   * @param speed 1 for the original pace, 2 for twice as fast, and so on
   * @param clock sets the pace
   * @throws org.dl4jsnn.event.EventFormatException if the format is unknown or the header is
   *     damaged
   * @throws IOException if the file does not exist or cannot be read
   * @throws IllegalArgumentException if the speed is not positive, or the options let times go
   *     backwards
   */
  static EventStream replay(Path file, ReadOptions options, double speed, StreamClock clock)
      throws IOException {
    Require.positiveFinite("speed", speed);
    Require.given("clock", clock);
    ReaderStream.requireOrder(options);
    return new ReplayedStream(
        new ReaderStream(EventFiles.open(file, options), 1 << 14), speed, clock);
  }

  /**
   * {@return events in memory at their original pace, or faster; its time starts with the first
   * call of {@link #next}}
   *
   * @param events in order of time
   * @param speed 1 for the original pace, 2 for twice as fast, and so on
   * @param clock sets the pace
   * @throws IllegalArgumentException if the speed is not positive
   */
  static EventStream replay(EventTable events, double speed, StreamClock clock) {
    Require.positiveFinite("speed", speed);
    Require.given("clock", clock);
    return new ReplayedStream(
        new ReplayedStream.Whole(Require.given("events", events)), speed, clock);
  }
}
