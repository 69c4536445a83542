package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.encode.EncodedPiece;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.RatesUse;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes features to spikes; the source of the first spike train of a network. */
public final class SpikeEncodingLayer extends AbstractLayer<Layer> implements StreamingLayer {

  private static final long serialVersionUID = 1L;

  /** [minibatch, n, T]. */
  private static final int AXES_OF_A_SERIES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(SpikeEncodingLayer.class);

  /** Inference passes so far, for fresh noise in each. */
  private final AtomicLong inferencePasses = new AtomicLong();

  private final transient Settings settings;
  private final transient SkippedMinibatches skipped;
  private final transient boolean isInSequence;
  private final transient Stream<EncodingStream> stream;
  private final transient RatesUse use = new RatesUse();

  /** Whether an {@link ObservingPass} is open. */
  private transient boolean isObserved;

  private transient boolean hasWarnedOfOneStep;

  private transient boolean hasDoubted;

  /** Of the layers above. */
  private final transient GradientMemory gradients = new GradientMemory();

  /**
   * The settings that a layer reads from its configuration.
   *
   * @param name the layer as messages name it
   * @param encoder the encoder of features, which may change
   * @param isFreshInferenceNoise whether every inference pass draws fresh noise
   * @param hasInputGradient whether the backward pass computes the gradient of the features
   * @param isMasked whether feature masks are passed on; otherwise only masks of ones are accepted
   * @param stepsOfType T of the features that the configuration announced; 0 if it announced none
   * @param shapes refuses, by an IllegalArgumentException, encoded spikes of another shape than the
   *     configuration announced, given the shape of their features
   * @param features refuses likewise the axes of features that an encoder refuses
   */
  public record Settings(
      Supplier<String> name,
      Supplier<SpikeEncoder> encoder,
      boolean isFreshInferenceNoise,
      BooleanSupplier hasInputGradient,
      boolean isMasked,
      int stepsOfType,
      BiConsumer<FeatureShape, long[]> shapes,
      Consumer<long[]> features) {}

  /** Creates a layer of a MultiLayerNetwork or of a graph. */
  public SpikeEncodingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Settings settings,
      boolean inMultiLayerNetwork) {
    super(conf, dataType);
    this.settings = settings;
    isInSequence = inMultiLayerNetwork;
    skipped = new SkippedMinibatches(name(), inMultiLayerNetwork);
    stream =
        new Stream<>(
            settings.name(),
            EncodingStream.AT_START,
            EncodingStream::arrays,
            arrays -> explain(() -> EncodingStream.of(arrays)));
  }

  private String name() {
    return settings.name().get();
  }

  /** The encoder of features. */
  public SpikeEncoder encoder() {
    return settings.encoder().get();
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    NoiseKey noise = noise(training, training ? 0 : newPass());
    SpikeTrain spikes =
        unmasked(features -> encoded(() -> checked(encoder().encode(features, noise))));
    warnOfOneStep(spikes.steps());
    return passOn(spikes, false, training, workspaces);
  }

  @Override
  public INDArray next(INDArray piece, LayerWorkspaceMgr workspaces) {
    setInput(withAxes(piece), workspaces);
    return run(false, stream::goOnWith, workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray given, LayerWorkspaceMgr workspaces) {
    return next(isInSequence ? given : input, workspaces);
  }

  /** Deeplearning4j sets the state after the piece when the weights are updated. */
  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray given, boolean training, boolean storesEnd, LayerWorkspaceMgr workspaces) {
    // In a sequence the preprocessor has run; Deeplearning4j checked the axes before it cut them.
    if (training && !isInSequence && given.rank() != AXES_OF_A_SERIES) {
      throw new DL4JInvalidConfigException(
          ("%s: features must have the axes [minibatch, n, T] under backpropType"
                  + " TruncatedBPTT, since Deeplearning4j cuts no others into pieces, got %s. For"
                  + " images over time give [minibatch, channels · height · width, T] and set"
                  + " SeriesToFrames as the input's preprocessor")
              .formatted(name(), Arrays.toString(given.shape())));
    }
    INDArray piece = isInSequence ? given : input;
    setInput(withAxes(piece), workspaces);
    return run(training, storesEnd ? stream::leave : state -> {}, workspaces);
  }

  /**
   * Features as the encoder takes them, [minibatch, n, T] or [minibatch, n]; images as they are.
   */
  private INDArray withAxes(INDArray given) {
    boolean hasTime = encoder().hasTimeAxis();
    if (hasTime && given.rank() == 2) {
      return given.reshape(given.size(0), given.size(1), 1);
    }
    boolean isSeriesOfOne = given.rank() == AXES_OF_A_SERIES && given.size(2) == 1;
    return !hasTime && isSeriesOfOne ? given.reshape(given.size(0), given.size(1)) : given;
  }

  /**
   * Warns of a window of one step where the network was built for more: the next call begins again
   * from rest, although a stream may be meant.
   */
  private void warnOfOneStep(int steps) {
    int built = settings.stepsOfType();
    if (steps == 1 && built > 1 && !hasWarnedOfOneStep) {
      hasWarnedOfOneStep = true;
      LOG.warn(
          "{}: features have one time step, and the network was built for {}. Give all steps of a"
              + " sample at once, or, if they arrive one by one, call rnnTimeStep, which keeps the"
              + " neurons' state: every other call begins at rest",
          name(),
          built);
    }
  }

  /** Encodes the next piece of the stream. */
  private INDArray run(
      boolean training, Consumer<EncodingStream> end, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    EncodingStream start = stream.now();
    long pass = training || start.isUnderWay() ? start.pass() : newPass();
    NoiseKey noise = noise(training, pass);
    EncodedPiece piece =
        unmasked(
            features -> encoded(() -> encoder().encodePiece(features, noise, start.encoder())));
    SpikeTrain spikes = explain(() -> checked(piece.spikes()));
    if (training && piece.end().values() != null) {
      stream.beginPiece();
    }
    end.accept(new EncodingStream(piece.end(), pass));
    return passOn(spikes, true, training, workspaces);
  }

  private long newPass() {
    return settings.isFreshInferenceNoise() && !isObserved ? inferencePasses.getAndIncrement() : 0;
  }

  private INDArray passOn(
      SpikeTrain spikes, boolean isPiece, boolean training, LayerWorkspaceMgr workspaces) {
    skipped.passed();
    if (training) {
      doubt();
    } else {
      gradients.free();
    }
    INDArray rates = Rates.of(spikes, dataType, workspaces, use);
    // Features get the gradient of rates; with a time axis it is the same at every step.
    GradientInbox inbox =
        settings.hasInputGradient().getAsBoolean()
            ? GradientInbox.of(false, gradients)
            : GradientInbox.unread(
                encoder().isTimeCode()
                    ? GradientInbox.Learning.TIME_CODE
                    : GradientInbox.Learning.NONE,
                gradients);
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(spikes, inbox, isPiece, use), name());
    return rates;
  }

  /** Encodes features whose masked steps are zero. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private <R> R unmasked(Function<INDArray, R> encoding) {
    if (maskArray == null) {
      return encoding.apply(input);
    }
    int time = SequenceMask.timeAxis(input, name());
    SequenceMask.requireOf(maskArray, input.size(0), input.size(time), name());
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray unmasked = input.dup('c')) {
      SequenceMask.clear(maskArray, unmasked);
      return encoding.apply(unmasked);
    }
  }

  private <R> R explain(Supplier<R> work) {
    return TrainLayer.explain(settings.name(), work);
  }

  /** The same for what the encoder does; what is no refusal is its fault. */
  private <R> R encoded(Supplier<R> work) {
    try {
      return explain(() -> withAxes(work));
    } catch (DL4JException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(name() + ": the encoder " + encoder() + " failed: " + e, e);
    }
  }

  /** What an encoder refuses because of its axes is told by those of the configuration. */
  private <R> R withAxes(Supplier<R> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      settings.features().accept(input.shape());
      throw e;
    }
  }

  private SpikeTrain checked(SpikeTrain spikes) {
    requireEverySample(spikes);
    if (maskArray != null) {
      SequenceMask.requireOf(maskArray, spikes.minibatch(), spikes.steps(), name());
    }
    settings.shapes().accept(spikes.shape(), input.shape());
    return spikes;
  }

  /** Reports a fault of a custom encoder. */
  private void requireEverySample(SpikeTrain spikes) {
    if (spikes == null || spikes.minibatch() != input.size(0)) {
      throw new IllegalStateException(
          "%s: the encoder %s must encode every sample of the minibatch, %s, got %s"
              .formatted(
                  name(), encoder(), input.size(0), spikes == null ? null : spikes.minibatch()));
    }
  }

  /** Logs once what looks wrong about training features that can still be encoded. */
  private void doubt() {
    if (!hasDoubted) {
      hasDoubted = true;
      unmasked(features -> encoder().doubt(features))
          .ifPresent(doubt -> LOG.warn("{}: {}", name(), doubt));
    }
  }

  private NoiseKey noise(boolean training, long pass) {
    long seed = NoiseKey.seedOfLayer(conf.getSeed(), index);
    if (training) {
      return NoiseKey.training(seed, iterationCount);
    }
    return settings.isFreshInferenceNoise() && !isObserved
        ? NoiseKey.freshInference(seed, pass)
        : NoiseKey.inference(seed);
  }

  void beginObservation() {
    isObserved = true;
  }

  void endObservation() {
    isObserved = false;
  }

  /** Refuses a mask before it is kept anywhere, unless it masks nothing or may be passed on. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    if (settings.isMasked() && mask != null) {
      return super.feedForwardMaskArray(SequenceMask.begin(mask, name()), state, minibatch);
    }
    requireOnes(mask);
    return super.feedForwardMaskArray(null, null, minibatch);
  }

  @Override
  public void setMaskArray(INDArray mask) {
    if (!settings.isMasked()) {
      requireOnes(mask);
    }
    super.setMaskArray(settings.isMasked() ? mask : null);
  }

  private void requireOnes(INDArray mask) {
    if (mask != null && mask.neq(1).any()) {
      throw new DL4JInvalidInputException(
          name()
              + ": feature masks must be all ones, since firing rates cover the whole window,"
              + " got other values. Set the features of masked steps to zero instead, or"
              + " read in time: SpikeEncoding.frames().masked(true) and a LeakyReadOut after the"
              + " spiking layers");
    }
  }

  @Override
  public void setInputMiniBatchSize(int size) {
    super.setInputMiniBatchSize(size);
    skipped.announced();
  }

  /** Deeplearning4j sets the epoch after the iteration. */
  @Override
  public void setEpochCount(int epoch) {
    super.setEpochCount(epoch);
    skipped.counted(iterationCount, epoch);
  }

  @Override
  public void clear() {
    super.clear();
    skipped.cleared();
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    // Deeplearning4j's preprocessors need an array even if nothing reads it.
    INDArray gradient = workspaces.create(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    if (settings.hasInputGradient().getAsBoolean()) {
      unmasked(
          features ->
              encoded(
                  () -> {
                    encoder().backprop(features, epsilon, gradient);
                    return gradient;
                  }));
      if (maskArray != null) {
        SequenceMask.clear(maskArray, gradient);
      }
    }
    return new Pair<>(new DefaultGradient(), gradient);
  }

  @Override
  public Stream<EncodingStream> stream() {
    return stream;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // No parameters.
  }
}
