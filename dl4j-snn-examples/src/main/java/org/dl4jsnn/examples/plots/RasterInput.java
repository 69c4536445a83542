package org.dl4jsnn.examples.plots;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.HandwrittenDigit;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.data.Photograph;
import org.dl4jsnn.examples.events.EventDataOptions;
import org.dl4jsnn.examples.events.OptionNames;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.layer.SpikeEncodingLayer;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Option;

/** The sample to show a network: a recording, a digit, or an image of one. */
final class RasterInput {

  private static final int FRAMES_STEPS = 10;

  @Option(
      names = "--recording",
      description = "A recording, for a model from dvs; its format is recognised by content.")
  Path recording;

  @Option(
      names = "--digit",
      paramLabel = "N",
      description = "A test digit of the examples' MNIST subset, from 1, for a model from mnist.")
  Integer digit;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description =
          "An image of a digit, of any size, dark on light or light on dark; for a model from"
              + " cifar10, a photograph.")
  Path image;

  @Option(
      names = "--steps",
      description =
          "Time steps T; default: the model's T; for a recording parts of equal duration, for a "
              + "digit.")
  Integer steps;

  @Option(names = "--window", description = "k: a value of a frame counts k x k pixels.")
  int window = 1;

  @Option(
      names = "--sensor",
      description = "Width and height, for a recording that does not state them.")
  String sensor = "34x34";

  @Option(
      names = "--from-us",
      paramLabel = "T",
      description = "Start of the part to show in µs; default: the first event.")
  Long from;

  @Option(
      names = "--length-us",
      paramLabel = "T",
      description = "Length of the part in µs; default: up to the last event.")
  Long length;

  /** Recognises a file by content: an image, or else a recording. */
  void add(Path file) {
    OptionRules.existing(file);
    if (HandwrittenDigit.isImage(file)) {
      requireAlone(image, "--image", file);
      image = file;
    } else {
      requireAlone(recording, "--recording", file);
      requireRecording(file);
      recording = file;
    }
  }

  private static void requireRecording(Path file) {
    try {
      EventFiles.open(file, ReadOptions.defaults()).close();
    } catch (EventFormatException e) {
      // Of a recording that it recognises, the library says why it cannot be read.
      throw e.getMessage().contains("got something else")
          ? new UserError(
              file
                  + " must be an image (PNG, JPEG, GIF or BMP) or a recording of an event camera,"
                  + " got something else. Possible cause: another kind of file, or a damaged one",
              e)
          : new UserError("Cannot read " + OptionNames.without(e), e);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static void requireAlone(Path other, String option, Path file) {
    if (other != null) {
      throw new UserError(
          option + " must not be given together with a FILE, got " + other + " and " + file);
    }
  }

  /** Checks that a file to write is not the sample. */
  void requireKept(String option, Path target) {
    OptionRules.target(option, target, image == null ? recording : image);
  }

  void check() {
    long given = Stream.of(recording, digit, image).filter(Objects::nonNull).count();
    if (given != 1) {
      throw new UserError(
          "One of --recording, --digit and --image must be given, got "
              + (given == 0 ? "none" : given));
    }
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.atLeast("--window", window, 1);
    EventDataOptions.sensor(sensor);
    Stream.of(recording, image).filter(Objects::nonNull).forEach(OptionRules::existing);
  }

  /** Chooses the first test digit if nothing was chosen. */
  void orFirstDigit() {
    boolean isChosen = recording != null || digit != null || image != null;
    digit = isChosen ? digit : Integer.valueOf(1);
  }

  /** Runs a network on this input, which it may refuse. */
  <R> R seenBy(Supplier<R> run) {
    try {
      return run.get();
    } catch (DL4JException | IllegalArgumentException e) {
      throw UserError.of(
          e,
          "The network does not accept %s: %s%s",
          this,
          e.getMessage(),
          recording == null
              ? ""
              : ". Possible cause: it was trained with another --sensor or --window");
    }
  }

  /** The network for this input: the model itself, or one with its weights for another T. */
  NeuralNetwork network(NeuralNetwork model) {
    Layer first = AnyNetwork.layers(model).values().iterator().next();
    if (!(first instanceof SpikeEncodingLayer encoding)) {
      throw new UserError(
          "--model must name a network that begins with a SpikeEncoding, got "
              + first.conf().getLayer().getClass().getSimpleName());
    }
    boolean takesFrames = encoding.encoder().equals(SpikeEncoder.frames());
    if (takesFrames != (recording != null)) {
      throw UserError.of(
          "--model must name a network that takes %s, got one with the encoder %s",
          recording == null
              ? "images, as mnist trains, for --digit and --image"
              : "frames, as dvs trains, for --recording",
          encoding.encoder());
    }
    return takesFrames || steps == null ? model : AnyNetwork.withSteps(model, steps);
  }

  /** A minibatch of the one sample, as a network takes it. */
  INDArray features(NeuralNetwork network) {
    if (recording != null) {
      return frames(network);
    }
    if (image != null) {
      return takesColours(network) ? Photograph.read(image) : HandwrittenDigit.read(image);
    }
    Digits digits = MnistFiles.embedded().test();
    OptionRules.within("--digit", digit, 1, digits.size());
    return digits.range(digit - 1, digit).inOrder(1).next().getFeatures();
  }

  private static boolean takesColours(NeuralNetwork network) {
    return AnyNetwork.layers(network).values().stream()
        .filter(layer -> layer.paramTable() != null)
        .map(layer -> layer.paramTable().get(Synapse.WEIGHT))
        .filter(Objects::nonNull)
        .findFirst()
        .filter(weights -> weights.rank() == 4 && weights.size(1) == ColourImages.CHANNELS)
        .isPresent();
  }

  /** The name of a class, where classes have one, as those of CIFAR-10 do. */
  static Optional<String> nameOf(int label, NeuralNetwork network) {
    return takesColours(network) && label < ColourImages.NAMES.size()
        ? Optional.of(ColourImages.NAMES.get(label))
        : Optional.empty();
  }

  boolean isImage() {
    return image != null;
  }

  boolean isDigit() {
    return digit != null;
  }

  /** T of frames: as asked for, or as the network was built for. */
  private int parts(NeuralNetwork network) {
    Layer first = AnyNetwork.layers(network).values().iterator().next();
    int built = ((SpikeEncoding) first.conf().getLayer()).stepsOfType();
    return steps != null ? steps : built > 0 ? built : FRAMES_STEPS;
  }

  private INDArray frames(NeuralNetwork network) {
    SensorSize size = EventDataOptions.sensor(sensor);
    FrameOptions options =
        FrameOptions.of(Slicing.intoEqualParts(parts(network)))
            .summing(window, UnevenRest.LEAVE_OUT);
    try {
      EventTable events =
          EventFiles.read(recording, ReadOptions.defaults().sensor(size.width(), size.height()));
      TimeWindow whole = TimeWindow.of(events);
      TimeWindow part = part(whole);
      EventFrames frames = EventFrames.of(events, part, options);
      requireEvents(frames, part, whole);
      return Nd4j.createFromArray(frames.values())
          .reshape(
              1,
              frames.shape().channels(),
              frames.shape().steps(),
              frames.shape().height(),
              frames.shape().width());
    } catch (IOException e) {
      throw new UserError("Cannot read " + recording + ": " + OptionNames.without(e), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(recording + ": " + e.getMessage(), e);
    }
  }

  private void requireEvents(EventFrames frames, TimeWindow part, TimeWindow whole) {
    for (float count : frames.values()) {
      if (count != 0) {
        return;
      }
    }
    throw UserError.of(
        "--from-us and --length-us must name a part of %s with events, got none from %d to %d µs."
            + " The recording begins at %d and ends at %d µs",
        recording, part.start(), part.end(), whole.start(), whole.end());
  }

  private TimeWindow part(TimeWindow whole) {
    long start = from == null ? whole.start() : from;
    return new TimeWindow(start, length == null ? whole.end() : start + length);
  }

  @Override
  public String toString() {
    Path file = recording == null ? image : recording;
    return digit == null ? file.getFileName().toString() : "test digit " + digit;
  }
}
