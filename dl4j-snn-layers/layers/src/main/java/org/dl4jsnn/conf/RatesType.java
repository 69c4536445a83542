package org.dl4jsnn.conf;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.DataFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.internal.layer.IncomingTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input type that a spiking layer hands to the next layer: an ordinary one that also knows
 * which layer made the activations, and that they are firing rates accompanied by a spike train. So
 * a configuration is refused when it is built, not at the first minibatch, if
 *
 * <ul>
 *   <li>a spiking layer comes after something that passes no train on, and
 *   <li>a stock layer reads time, which rates do not have.
 * </ul>
 *
 * <p>Some stock layers pass on the type that they are given. A MultiLayerConfiguration numbers its
 * layers, so such layers are noticed there. A ComputationGraph does not; its layers report it in
 * the first pass (see {@link org.dl4jsnn.internal.layer.SpikingLayer}).
 */
interface RatesType {

  Logger LOG = LoggerFactory.getLogger(RatesType.class);

  /** The place of a layer whose place is unknown. */
  int UNKNOWN = -1;

  /**
   * The place of the layer that made these rates, and the names of the spiking layers up to it,
   * where they lie in a row.
   *
   * @serial exclude
   */
  record Source(int producer, List<String> names) implements Serializable {}

  Source source();

  /**
   * The type of a spiking layer's activations, given its place in the network and the names of the
   * layers up to it.
   */
  static InputType of(FeatureShape shape, int producer, List<String> names) {
    return shape.spatial()
        ? new ImageOfRates(shape, new Source(producer, names))
        : new VectorOfRates(shape, new Source(producer, names));
  }

  /** The names up to the first spiking layer. */
  static List<String> names(Layer layer, int index) {
    return with(List.of(), layer, index);
  }

  /** The names up to a layer that reads an input; warns if it has the name of another. */
  static List<String> names(InputType input, Layer layer, int index) {
    return with(
        input instanceof RatesType rates ? rates.source().names() : List.of(), layer, index);
  }

  /**
   * Checks that a spike train comes with the input of a layer, as far as the configuration shows;
   * refuses another input by a DL4JInvalidConfigException.
   */
  static void requireTrain(String layer, int index, InputType input) {
    ConfigurationCall call = ConfigurationCall.current();
    if (index == UNKNOWN || call.isOutsideOfNetworks()) {
      return;
    }
    if (!(input instanceof RatesType rates)) {
      throw new DL4JInvalidConfigException(
          layer
              + " needs a spike train with its input, but "
              + (index == 0
                  ? "no layer comes before. Begin with SpikeEncoding"
                  : "none comes from the layer, vertex or preprocessor before it. "
                      + IncomingTrain.INSTEAD_OF_STOCK_LAYERS));
    }
    if (call.isMultiLayer()
        && rates.source().producer() != UNKNOWN
        && rates.source().producer() < index - 1) {
      throw new DL4JInvalidConfigException(
          ("%s needs a spike train with its input, but layer %s before it passes none on;"
                  + " the last layer that does is layer %s. %s")
              .formatted(
                  layer,
                  index - 1,
                  rates.source().producer(),
                  IncomingTrain.INSTEAD_OF_STOCK_LAYERS));
    }
  }

  /** Refuses layers that would treat rates as the first step of a series. */
  static void requireNoTime() {
    ConfigurationCall.current()
        .readerOfTime()
        .ifPresent(
            reader -> {
              throw new DL4JInvalidConfigException(
                  "a layer that reads time ("
                      + reader
                      + ") must not come after a spiking layer, whose activations are firing rates"
                      + " of the whole window, without a time axis: it would see a series of one"
                      + " step. Put a LeakyReadOut that reads MembraneReadOut.COURSE before it, which"
                      + " has a time axis, leave it out, put it before SpikeEncoding.frames(), or, for"
                      + " an output layer, use OutputLayer with labels [minibatch, classes]");
            });
  }

  /** The names before a layer and its own; warns of spiking layers with one name. */
  private static List<String> with(List<String> before, Layer layer, int index) {
    String name = layer.getLayerName();
    if (name == null || index == UNKNOWN) {
      return before;
    }
    if (before.contains(name)) {
      LOG.warn(
          "names of layers should differ, got '{}' for layer {} ({}) and for one before it. Reports,"
              + " recordings and plots tell layers by their names, and keep only one of them. Set"
              + " .name(...) on their builders",
          name,
          index,
          layer.getClass().getSimpleName());
      return before;
    }
    return Stream.concat(before.stream(), Stream.of(name)).toList();
  }
}

/** Rates [minibatch, channels, height, width]. */
final class ImageOfRates extends InputType.InputTypeConvolutional implements RatesType {

  private static final long serialVersionUID = 1L;

  private final Source source;

  ImageOfRates(FeatureShape shape, Source source) {
    super(shape.height(), shape.width(), shape.channels());
    this.source = source;
  }

  @Override
  public Source source() {
    return source;
  }

  /** Called by layers that read time, among others. */
  @Override
  public long getHeight() {
    RatesType.requireNoTime();
    return super.getHeight();
  }
}

/** Rates [minibatch, n]. */
final class VectorOfRates extends InputType.InputTypeFeedForward implements RatesType {

  private static final long serialVersionUID = 1L;

  private final Source source;

  VectorOfRates(FeatureShape shape, Source source) {
    super(shape.channels(), null);
    this.source = source;
  }

  @Override
  public Source source() {
    return source;
  }

  /** Called by layers that read time, among others. */
  @Override
  public DataFormat getTimeDistributedFormat() {
    RatesType.requireNoTime();
    return super.getTimeDistributedFormat();
  }
}
