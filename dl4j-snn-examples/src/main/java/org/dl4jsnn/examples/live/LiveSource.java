package org.dl4jsnn.examples.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.StreamClock;
import org.dl4jsnn.examples.events.EventDataOptions;
import org.dl4jsnn.examples.events.OptionNames;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Option;

/** Where events come from. */
final class LiveSource {

  private static final String STANDARD_INPUT = "-";
  private static final String TCP = "tcp:";
  static final int LARGEST_PORT = 65_535;

  @Option(
      names = "--from",
      paramLabel = "FILE|-|tcp:[HOST:]PORT",
      description =
          "A recording, the standard input, or a program that listens, by default on this machine;"
              + " the last two in EVT 2.0, 2.1, 3.0 or AEDAT 4. Default: digits in front of a"
              + " simulated camera.")
  String from;

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description =
          "Use this format instead of recognising it, for EVT without a header: EVT_2, EVT_2_1,"
              + " EVT_3.")
  private EventFormat format;

  @Option(
      names = "--sensor",
      description = "Width and height, if the recording or stream does not state them.")
  private String sensor = "34x34";

  @Option(
      names = "--speed",
      description = "Speed of a recording or of the simulated camera; 2: twice as fast.")
  double speed = 1;

  void check() {
    OptionRules.positive("--speed", speed);
    EventDataOptions.sensor(sensor);
    if (from != null && from.startsWith(TCP)) {
      address();
    } else if (from != null && !from.equals(STANDARD_INPUT)) {
      OptionRules.existing(Path.of(from));
    }
  }

  boolean isSimulated() {
    return from == null;
  }

  /** Opens it; waits for the header. */
  EventStream open() {
    SensorSize size = EventDataOptions.sensor(sensor);
    // A camera that is switched off ends in the middle of a packet.
    ReadOptions options =
        ReadOptions.defaults().keepingTruncated().sensor(size.width(), size.height());
    options = format == null ? options : options.as(format);
    try {
      if (from.equals(STANDARD_INPUT)) {
        return EventStream.standardInput(options);
      }
      return from.startsWith(TCP)
          ? EventStream.connect(address(), options)
          : EventStream.replay(Path.of(from), options, speed, StreamClock.system());
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError("Cannot read " + this + ": " + OptionNames.ofStream(e), e);
    }
  }

  private InetSocketAddress address() {
    String place = from.substring(TCP.length());
    int colon = place.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : place.substring(0, colon);
    int port;
    try {
      port = Integer.parseInt(place.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new UserError("--from tcp: must name a port, such as tcp:7777, got " + from, e);
    }
    OptionRules.within("The port of --from", port, 1, LARGEST_PORT);
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UserError("--from tcp: must name a machine that is known, got " + host);
    }
    return address;
  }

  @Override
  public String toString() {
    if (from == null) {
      return "simulated camera";
    }
    return from.equals(STANDARD_INPUT) ? "standard input" : from;
  }
}
