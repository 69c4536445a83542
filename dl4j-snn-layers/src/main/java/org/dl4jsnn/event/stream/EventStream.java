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
 * Events that come over time, in pieces. Read by one thread; {@link #close} may be called by
 * another, and ends it.
 */
public interface EventStream extends AutoCloseable {

  /**
   * The sensor's size.
   *
   * @return what the stream or the options say; empty if neither does
   */
  Optional<SensorSize> sensor();

  /**
   * Waits for the next events.
   *
   * @return those that have come, in order of time; none at the end
   * @throws org.dl4jsnn.event.EventFormatException if the stream is damaged
   * @throws IOException if it cannot be read
   * @throws InterruptedException if the thread is interrupted
   */
  EventTable next() throws IOException, InterruptedException;

  /**
   * What is wrong with the stream and was put up with as the options say, so far.
   *
   * @return a sentence each
   */
  List<String> warnings();

  @Override
  void close() throws IOException;

  /**
   * Events from bytes, as cameras' programs send them; see {@link EventFiles#open(InputStream,
   * Path, ReadOptions)}. Waits for the header.
   *
   * @param bytes closed with the stream
   * @param name what messages call it
   * @param options how to read it
   * @return the stream
   * @throws org.dl4jsnn.event.EventFormatException if it is of another format, or its header is
   *     damaged
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the options let times go backwards
   */
  static EventStream of(InputStream bytes, Path name, ReadOptions options) throws IOException {
    DecodedStream.requireOrder(options);
    return new DecodedStream(EventFiles.open(bytes, name, options));
  }

  /**
   * Events from the standard input.
   *
   * @param options how to read it
   * @return the stream
   * @throws IOException as for {@link #of}
   */
  static EventStream standardInput(ReadOptions options) throws IOException {
    // Others may read on from it, and closing it would not wake who reads.
    InputStream open =
        new FilterInputStream(new FileInputStream(FileDescriptor.in)) {
          @Override
          public void close() {}
        };
    return of(open, Path.of("standard-input"), options);
  }

  /**
   * Events from a program of this machine that listens, such as iniVation's DV, whose network
   * output has port 7777.
   *
   * @param port where it listens
   * @param options how to read it
   * @return the stream
   * @throws IOException if nothing listens there, and as for {@link #of}
   */
  static EventStream connect(int port, ReadOptions options) throws IOException {
    return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), options);
  }

  /**
   * Events from a program that listens, perhaps on another machine. What comes is neither encrypted
   * nor signed, so use it in networks that you trust.
   *
   * @param address where it listens
   * @param options how to read it
   * @return the stream
   * @throws IOException if nothing listens there, and as for {@link #of}
   */
  static EventStream connect(InetSocketAddress address, ReadOptions options) throws IOException {
    DecodedStream.requireOrder(options);
    Socket socket = new Socket();
    try {
      socket.connect(Require.given("address", address), DecodedStream.CONNECT_MILLIS);
      Path name = Path.of("port-" + address.getPort() + "-of-" + address.getHostString());
      return of(socket.getInputStream(), name, options);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * A recording as it once came, or faster.
   *
   * @param file a recording of any format
   * @param options how to read it
   * @param speed 1 for the recording's own pace, 2 for twice as fast, and so on
   * @param clock paces it
   * @return the stream; its time begins when the first events are asked for
   * @throws org.dl4jsnn.event.EventFormatException if the file is of no known format, or its header
   *     is damaged
   * @throws IOException if there is no such file, or it cannot be read
   * @throws IllegalArgumentException if the speed is not positive, or the options let times go
   *     backwards
   */
  static EventStream replay(Path file, ReadOptions options, double speed, StreamClock clock)
      throws IOException {
    Require.positiveFinite("speed", speed);
    Require.given("clock", clock);
    DecodedStream.requireOrder(options);
    return new ReplayedStream(new RecordedStream(EventFiles.open(file, options)), speed, clock);
  }

  /**
   * Events in memory as they once came, or faster.
   *
   * @param events in order of time
   * @param speed 1 for their own pace, 2 for twice as fast, and so on
   * @param clock paces them
   * @return the stream; its time begins when the first events are asked for
   * @throws IllegalArgumentException if the speed is not positive
   */
  static EventStream replay(EventTable events, double speed, StreamClock clock) {
    Require.positiveFinite("speed", speed);
    Require.given("clock", clock);
    return new ReplayedStream(new WholeStream(Require.given("events", events)), speed, clock);
  }
}
