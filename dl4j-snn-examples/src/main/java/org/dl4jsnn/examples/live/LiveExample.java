package org.dl4jsnn.examples.live;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.dl4jsnn.event.stream.EventSlice;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.SliceOptions;
import org.dl4jsnn.event.stream.SlicedStream;
import org.dl4jsnn.event.stream.StreamClock;
import org.dl4jsnn.event.stream.StreamFigures;
import org.dl4jsnn.examples.events.OptionNames;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.SureOptions;
import org.dl4jsnn.examples.support.ThisMachine;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.runtime.SpikingModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a trained network watch a stream of events, and shows what it does in the browser. */
@Command(
    name = "live",
    description =
        "Let a trained network watch a camera's stream as it arrives, and show both in the"
            + " browser.")
public final class LiveExample extends ComputingCommand {

  private static final double MICROS_PER_MILLI = 1000;

  @Mixin private LiveSource source;

  @Option(
      names = "--sound",
      paramLabel = "FILE.wav",
      description =
          "Listen to the spoken digits of a sound file instead, English or German, with pauses of a"
              + " quarter of a second between them.")
  private Path sound;

  @Option(
      names = "--model",
      description =
          "The trained network: a model that \"snn train dvs\" saved, or a compact model from"
              + " \"snn deploy\", which the runtime runs. Default, for the simulated camera: a"
              + " small network, trained first in a few seconds; for --sound, the one that comes"
              + " along.")
  private Path model;

  @Option(names = "--slice-ms", description = "Length of a slice, one time step, in ms.")
  private double sliceMillis = 31.5;

  @Option(
      names = "--steps",
      description =
          "Slices per window, the T of the training. After a window the network starts again from"
              + " rest.")
  private int steps = 10;

  @Mixin private SureOptions sure = new SureOptions();

  @Option(names = "--window", description = "k: one value of a frame counts k x k pixels.")
  private int pixels = 1;

  @Option(
      names = "--waiting",
      description = "Slices that may wait for the network; then the oldest is dropped.")
  private int waiting = 4;

  @Option(
      names = "--no-drop",
      description =
          "Drop no slice: reading waits for a slow network. For recordings; a camera's own buffers"
              + " may overflow.")
  private boolean withoutDrops;

  @Option(
      names = "--digits",
      paramLabel = "N",
      description = "How many digits the simulated camera sees.")
  private int digits = 200;

  @Option(names = "--port", description = "Port of the page; 0: any free port.")
  private int port = 9001;

  @Option(
      names = "--host",
      description =
          "Address that the page listens on. 0.0.0.0: every network interface; then anyone who can"
              + " reach this machine can view the page without a password.")
  private String host = "127.0.0.1";

  @Option(
      names = "--no-page",
      description = "Show results in the terminal only, one line per window.")
  private boolean withoutPage;

  @Option(names = "--stay", description = "Keep the page after the stream ends, until Ctrl-C.")
  private boolean stay;

  private final AtomicReference<LiveNetwork.LiveAnswer> latest = new AtomicReference<>();
  private final AtomicReference<SlicedStream> slices = new AtomicReference<>();

  @Override
  public void checkOptions() {
    source.check();
    OptionRules.positive("--slice-ms", sliceMillis);
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.atLeast("--window", pixels, 1);
    sure.check();
    OptionRules.atLeast("--waiting", waiting, 1);
    OptionRules.atLeast("--digits", digits, 1);
    OptionRules.within("--port", port, 0, LiveSource.LARGEST_PORT);
    if (micros() < 1) {
      throw new UserError("--slice-ms must be at least 0.001, got " + sliceMillis);
    }
    if (sound != null) {
      OptionRules.existing(sound);
      if (!source.isSimulated()) {
        throw new UserError("--sound must not be given with --from, got " + sound);
      }
    }
    if (model != null) {
      OptionRules.modelOrCompact(model);
    } else if (!source.isSimulated()) {
      throw new UserError(
          "--model must name a network for " + source + ", got none. snn train dvs makes one");
    }
    if (stay && withoutPage) {
      throw new UserError("--stay keeps the page, and must not be given with --no-page");
    }
    resolved();
  }

  private InetAddress resolved() {
    return ThisMachine.address("--host", host);
  }

  private long micros() {
    return Math.round(sliceMillis * MICROS_PER_MILLI);
  }

  @Override
  protected int run() throws IOException, InterruptedException {
    Output output = output();
    if (sound != null) {
      listen(output);
      return 0;
    }
    LiveDigits simulated = new LiveDigits();
    if (source.isSimulated()) {
      OptionRules.within("--digits", digits, 1, simulated.mostShown());
    }
    LiveNetwork network = new LiveNetwork(network(simulated, output), steps, pixels, sure.exit());
    try (EventStream stream = stream(simulated, output)) {
      network.requireSensor(stream.sensor().orElseThrow());
      shown(this::page, output, () -> watch(stream, network, simulated, output));
    }
    return 0;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** Works while a page shows it, unless there is to be none. */
  private void shown(Supplier<String> page, Output output, Work work) throws InterruptedException {
    if (withoutPage) {
      work.run();
      return;
    }
    try (LiveServer server = LiveServer.start(resolved(), port, page)) {
      announce(server, output);
      work.run();
      if (stay) {
        output.print("Ctrl-C ends it");
        new CountDownLatch(1).await();
      }
    }
  }

  private void listen(Output output) throws InterruptedException {
    SteppedNetwork network =
        model == null
            ? new SteppedNetwork.LibraryNetwork(PretrainedNetworks.ofSpokenDigits())
            : given();
    LiveSound live = new LiveSound(network, source.speed, sure.exit(), latest::set);
    LivePage.Subject subject = LivePage.Subject.sound(sound.toString());
    shown(
        () -> LivePage.html(subject, latest.get(), live.figures()),
        output,
        () -> live.listen(sound, output));
  }

  private SteppedNetwork network(LiveDigits simulated, Output output) {
    if (model == null) {
      output.progress(
          "Training a small network on %d other digits of the simulated camera",
          LiveDigits.TRAINING);
      return new SteppedNetwork.LibraryNetwork(
          simulated.trained(steps, pixels, LiveDigits.TRAINING));
    }
    return given();
  }

  private SteppedNetwork given() {
    return UserError.explained(
        "Cannot load a model from " + model + ": ",
        () ->
            OptionRules.isCompactModel(model)
                ? new SteppedNetwork.RuntimeNetwork(SpikingModel.load(model))
                : new SteppedNetwork.LibraryNetwork(SavedNetwork.load(model)));
  }

  private EventStream stream(LiveDigits simulated, Output output) {
    if (!source.isSimulated()) {
      output.progress("Waiting for %s", source);
      return source.open();
    }
    return EventStream.replay(
        simulated.inTurn(digits, steps * micros()), source.speed, StreamClock.system());
  }

  private void announce(LiveServer server, Output output) {
    output.print("Page: %s", server.address());
    if (!resolved().isLoopbackAddress()) {
      output.warning(
          "Warning: the page listens on %s, where other machines can reach it, without a"
              + " password",
          resolved().getHostAddress());
    }
  }

  private String page() {
    return LivePage.html(
        LivePage.Subject.camera(source.toString()),
        latest.get(),
        Optional.ofNullable(slices.get())
            .map(SlicedStream::figures)
            .orElse(new StreamFigures(0, 0, 0, Optional.empty())));
  }

  private void watch(EventStream stream, LiveNetwork network, LiveDigits simulated, Output output)
      throws InterruptedException {
    int right = 0;
    long windows = 0;
    SliceOptions options = SliceOptions.defaults().waiting(waiting).warmingUp(network::answer);
    try (SlicedStream started =
        SlicedStream.start(stream, micros(), withoutDrops ? options.blocking() : options)) {
      network.startAnew();
      slices.set(started);
      LiveNetwork.LiveAnswer last = null;
      try {
        for (Optional<EventSlice> slice = started.next();
            slice.isPresent();
            slice = started.next()) {
          long seen = network.seen();
          LiveNetwork.LiveAnswer answer = network.answer(slice.get());
          if (network.seen() > seen) {
            started.answered(slice.get());
          }
          if (last != null && last.window() != answer.window()) {
            right += ended(last, started.figures(), simulated, output);
            windows++;
          }
          latest.set(answer);
          last = answer;
        }
      } finally {
        // Also what came in front of damage.
        if (last != null) {
          right += ended(last, started.figures(), simulated, output);
          windows++;
        }
        summary(started.figures(), right, windows, output);
        if (sure.isGiven() && windows > 0) {
          output.print(
              "%.2f of %d slices of a window seen on average",
              (double) network.seen() / windows, steps);
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "Cannot continue reading from " + source + ": " + OptionNames.ofStream(e), e);
    }
    stream.warnings().forEach(warning -> output.warning("Warning: %s: %s", source, warning));
  }

  /** Prints a finished window; returns 1 if its answer is known to be right. */
  private int ended(
      LiveNetwork.LiveAnswer window, StreamFigures figures, LiveDigits simulated, Output output) {
    boolean isKnown = source.isSimulated() && window.window() < digits;
    int label = isKnown ? simulated.label(window.window()) : -1;
    output.progress(
        "%8.2f s  %,11d events  answer %d (output %.2f)%s  %d of %d slices seen, %,d dropped so far",
        (window.window() + 1) * steps * sliceMillis / MICROS_PER_MILLI,
        figures.events(),
        window.answer(),
        window.output(),
        isKnown ? (label == window.answer() ? ", right" : ", a " + label) : "",
        window.outputs().size(),
        steps,
        figures.dropped());
    return label == window.answer() ? 1 : 0;
  }

  private void summary(StreamFigures figures, int right, long windows, Output output) {
    output.print(
        "%,d events, %,d slices answered, %,d dropped",
        figures.events(), figures.answered(), figures.dropped());
    figures
        .latency()
        .ifPresent(
            latency ->
                output.print(
                    "Latency from the last event of a slice to its answer: median %.2f ms, 99th"
                        + " percentile %.2f ms",
                    latency.medianMillis(), latency.percentile99Millis()));
    if (source.isSimulated()) {
      output.print("%d of %d digits right", right, windows);
    }
  }
}
