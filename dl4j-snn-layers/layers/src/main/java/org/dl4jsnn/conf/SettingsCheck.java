package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a spiking layer's settings when a network is built from it, and what replaces a setting
 * afterwards.
 */
final class SettingsCheck {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);

  /** The least positive number in half precision, 2⁻²⁴. */
  private static final double LEAST = 0x1p-24;

  /** Names of the library's own parameters, in layers of any type. */
  private static final List<String> RESERVED =
      List.of(
          Synapse.WEIGHT,
          Synapse.BIAS,
          CurrentNormalization.GAIN,
          CurrentNormalization.SHIFT,
          CurrentNormalization.MEAN,
          CurrentNormalization.VARIANCE);

  private SettingsCheck() {}

  /** Refuses a case by an exception whose message is that of {@link String#format}. */
  static void refuse(boolean wrong, String format, Object... values) {
    if (wrong) {
      throw new DL4JInvalidConfigException(String.format(Locale.ROOT, format, values));
    }
  }

  /** Checks a layer with neurons in a network of the given data type. */
  static void neurons(BaseSpikingLayer layer, DataType type) {
    graded(layer);
    refuse(
        layer.getBackprop().isTimeResolved() && type != DataType.FLOAT && type != DataType.DOUBLE,
        "%s: the network's data type must be FLOAT or DOUBLE for %s, got %s. Set"
            + " .dataType(DataType.FLOAT), or give the layer a rate-based rule",
        layer.name(),
        layer.getBackprop(),
        type);
    derivatives(layer);
    recurrence(layer);
    learned(layer);
    sizes(layer, layer.name());
    scalars(layer);
    noNoise(layer, layer.name());
    GradientNormalization normalization = layer.getGradientNormalization();
    boolean normalised = normalization != null && normalization != GradientNormalization.None;
    boolean hasState = !layer.getBackprop().scalars().isEmpty() || layer.getNormalization() != null;
    refuse(
        normalised && hasState,
        "%s: gradientNormalization must be None, since it would distort the update"
            + " of %s, got %s. Set .gradientNormalization(GradientNormalization.None) on"
            + " the layer's builder",
        layer.name(),
        state(layer),
        normalization);
  }

  /**
   * Only weighted layers that are not recurrent can be without neurons, and nothing fires there.
   */
  static void graded(BaseSpikingLayer layer) {
    if (!layer.passesCurrents()) {
      return;
    }
    refuse(
        layer.weights().isEmpty() || isRecurrent(layer),
        "%s: only layers with weights that are not recurrent can pass on their currents, got %s",
        layer.name(),
        layer.getNeuron());
    refuse(
        layer.getFiringRateRegularization() != null,
        "%s: firingRateRegularization must be unset for a layer that passes on its currents, got %s",
        layer.name(),
        layer.getFiringRateRegularization());
  }

  private static boolean isRecurrent(BaseSpikingLayer layer) {
    return layer.weights().stream().anyMatch(each -> each.name().equals(Recurrence.WEIGHT));
  }

  /** Checks that an input fits a layer; the message names the axes. */
  static void input(BaseSpikingLayer layer, FeatureShape input) {
    long inputs = layer.inputsOf(input);
    Require.not(
        inputs != layer.getNIn(),
        "input must have %s%s (axis 1), got %s%s",
        layer.getNIn(),
        input.spatial() ? " channels" : " neurons",
        input,
        input.spatial() ? " (channels×height×width)" : "");
  }

  /** Rules that follow the membrane need the derivatives of the neuron. */
  private static void derivatives(BaseSpikingLayer layer) {
    BackpropRule rule = layer.getBackprop();
    boolean needed =
        (rule.isTimeResolved() || rule.isObserving()) && !layer.getNeuron().passesCurrents();
    refuse(
        needed && !(layer.getNeuron() instanceof DifferentiableDynamics),
        "%s: the neuron must give its derivatives (DifferentiableDynamics) for %s,"
            + " which follows the membrane, got %s. Implement DifferentiableDynamics, or"
            + " use a rule of accumulated flow, such as AsfBackprop",
        layer.name(),
        rule,
        layer.getNeuron());
  }

  /** A rule without time treats a layer as a map from arriving to leaving spikes. */
  private static void recurrence(BaseSpikingLayer layer) {
    refuse(
        isRecurrent(layer) && !layer.getBackprop().learnsRecurrence(),
        "%s: the gradient rule must learn recurrent weights, got %s, whose"
            + " relation of rates and accumulated input does not hold where neurons"
            + " reach one another. Use SpatioTemporalBackprop for this layer; others may"
            + " keep their rule",
        layer.name(),
        layer.getBackprop());
  }

  /** A rule must compute the gradients of what the neurons learn. */
  private static void learned(BaseSpikingLayer layer) {
    BackpropRule rule = layer.getBackprop();
    for (LearnedParameter parameter : layer.getLearned()) {
      rule.whyNotLearned(layer.getNeuron(), parameter.name())
          .ifPresent(
              reason -> {
                throw new DL4JInvalidConfigException(
                    ("%s: %s must not be learned under %s, got %s. %s. Use SpatioTemporalBackprop,"
                            + " or leave it out of what the layer learns")
                        .formatted(layer.name(), parameter.name(), rule, parameter, reason));
              });
    }
  }

  /** A scalar of the rule must not replace another parameter. */
  private static void scalars(BaseSpikingLayer layer) {
    Set<String> reserved = new LinkedHashSet<>(RESERVED);
    layer.weights().forEach(parameter -> reserved.add(parameter.name()));
    layer.getLearned().forEach(parameter -> reserved.add(parameter.key()));
    for (String name : layer.getBackprop().scalars().keySet()) {
      refuse(
          reserved.contains(name),
          "%s: scalars of a gradient rule must not be named %s, got %s of %s",
          layer.name(),
          reserved,
          name,
          layer.getBackprop());
    }
  }

  private static List<String> state(BaseSpikingLayer layer) {
    List<String> names = new ArrayList<>(layer.getBackprop().scalars().keySet());
    if (layer.getNormalization() != null) {
      names.add(CurrentNormalization.MEAN);
      names.add(CurrentNormalization.VARIANCE);
    }
    return names;
  }

  /** Checks that a spiking layer has neither Deeplearning4j's dropout nor its weight noise. */
  static void noNoise(BaseLayer layer, String name) {
    noDropOut(layer, name, "Put a SpikingDropout layer before it instead");
    refuse(
        layer.getWeightNoise() != null,
        "%s: weightNoise must be unset, since the layer does not apply it, got %s."
            + " Possible cause: it is set for the whole network. Set it on the stock"
            + " layers instead",
        name,
        layer.getWeightNoise());
  }

  /** Checks that a layer does not have Deeplearning4j's dropout, which would be ignored. */
  static void noDropOut(Layer layer, String name, String cure) {
    refuse(
        layer.getIDropout() != null,
        "%s: dropOut must be unset, since the layer does not apply it, got %s."
            + " Possible cause: it is set for the whole network. %s",
        name,
        layer.getIDropout(),
        cure);
  }

  /** Checks a layer's numbers of inputs and outputs. */
  static void sizes(FeedForwardLayer layer, String name) {
    refuse(
        layer.getNIn() <= 0 || layer.getNOut() <= 0,
        "%s: nIn and nOut must be positive, got %s and %s. Possible cause: nOut or"
            + " the configuration's setInputType is missing",
        name,
        layer.getNIn(),
        layer.getNOut());
  }

  /** Checks that only max pooling is gated. */
  static void gate(PoolingType type, boolean gated) {
    Require.not(
        gated && type != PoolingType.MAX,
        "gated must be false unless the pooling type is MAX, got true for %s",
        type);
  }

  /**
   * Checks a neuron to be set on a layer of a network. The network has memory for the variables of
   * the present one, and learned values lie in the network and would not change.
   */
  static void exchange(BaseSpikingLayer layer, NeuronDynamics other) {
    NeuronDynamics neuron = layer.getNeuron();
    if (other.getClass() != neuron.getClass() || !names(other).equals(names(neuron))) {
      throw new IllegalStateException(
          ("%s: the neuron must stay of the same kind after a network was built from the"
                  + " configuration, got %s (%s) instead of %s (%s). Set it on a clone of the"
                  + " configuration, and build another network")
              .formatted(
                  layer.name(),
                  other,
                  other.getClass().getSimpleName(),
                  neuron,
                  neuron.getClass().getSimpleName()));
    }
    for (LearnedParameter parameter : layer.getLearned()) {
      if (!parameter.isEqualIn(neuron, other)) {
        throw new IllegalStateException(
            ("%s: %s must not change after a network was built from the configuration,"
                    + " since the network learns it, got %s instead of the initial %s. Set parameter"
                    + " %s of the network's layer, or build another network")
                .formatted(layer.name(), parameter.name(), other, neuron, parameter.key()));
      }
    }
  }

  private static List<String> names(NeuronDynamics neuron) {
    return neuron.variables().stream().map(StateVariable::name).toList();
  }

  /** Checks a rule to be set on a layer of a network, which keeps the scalars of its rule. */
  static void exchange(BaseSpikingLayer layer, BackpropRule other) {
    if (!other.equals(layer.getBackprop())) {
      throw new IllegalStateException(
          ("%s: the gradient rule must be set before a network is built from the"
                  + " configuration, got %s while a network learns by %s. Use"
                  + " BackpropRules.swap(network, rule), which returns a network with the same"
                  + " weights, or apply the rule to configuration.clone()")
              .formatted(layer.name(), other, layer.getBackprop()));
    }
  }

  /**
   * Warns of updaters that divide by zero in half precision: if ε is smaller than the least
   * positive number, weights with a small gradient become infinite within a few steps.
   */
  static void halfPrecision(String layer, IUpdater updater, DataType type) {
    OptionalDouble epsilon = epsilon(updater);
    if (type == DataType.FLOAT16 && epsilon.isPresent() && epsilon.getAsDouble() < LEAST) {
      LOG.warn(
          "{}: epsilon of {} must be at least {} in half precision, where smaller numbers are 0 and"
              + " the updater divides by it, got {}. Set 1e-3, e.g."
              + " new Adam(1e-3, 0.9, 0.999, 1e-3), or train with DataType.FLOAT",
          layer,
          updater.getClass().getSimpleName(),
          LEAST,
          epsilon.getAsDouble());
    }
  }

  private static OptionalDouble epsilon(IUpdater updater) {
    return updater instanceof Adam adam
        ? OptionalDouble.of(adam.getEpsilon())
        : updater instanceof Nadam nadam
            ? OptionalDouble.of(nadam.getEpsilon())
            : updater instanceof AMSGrad amsGrad
                ? OptionalDouble.of(amsGrad.getEpsilon())
                : updater instanceof AdaMax adaMax
                    ? OptionalDouble.of(adaMax.getEpsilon())
                    : updater instanceof AdaBelief adaBelief
                        ? OptionalDouble.of(adaBelief.getEpsilon())
                        : updater instanceof RmsProp rmsProp
                            ? OptionalDouble.of(rmsProp.getEpsilon())
                            : updater instanceof AdaGrad adaGrad
                                ? OptionalDouble.of(adaGrad.getEpsilon())
                                : updater instanceof AdaDelta adaDelta
                                    ? OptionalDouble.of(adaDelta.getEpsilon())
                                    : OptionalDouble.empty();
  }
}
