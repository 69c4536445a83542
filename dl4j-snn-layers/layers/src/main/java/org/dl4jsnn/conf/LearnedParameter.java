package org.dl4jsnn.conf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A parameter of a layer's neurons that the layer learns, such as the leak (PLIF, Fang et al., ICCV
 * 2021, arXiv 2007.05785). The layer learns one free number per value; the parameter's bounds map
 * it to the value (equation 40 of docs/mathematics.md).
 *
 * <pre>{@code
 * SpikingDense layer =
 *     new SpikingDense.Builder()
 *         .nOut(100)
 *         .leak(0.9) // at first
 *         .learnPerChannel(NeuronParameter.LEAK)
 *         .build();
 * }</pre>
 *
 * @param name the neuron's name for it, such as {@link NeuronParameter#LEAK}
 * @param perChannel whether every channel has its own value; otherwise the layer has one
 * @serial exclude
 */
public record LearnedParameter(
    @JsonProperty("name") String name, @JsonProperty("perChannel") boolean perChannel)
    implements Serializable {

  /**
   * A learned parameter.
   *
   * @param name the neuron's name for it
   * @param perChannel whether every channel has its own value
   */
  public LearnedParameter {
    Require.given("name of a learned parameter", name);
    Require.not(name.isBlank(), "name of a learned parameter must not be blank, got ''");
  }

  /**
   * {@return the key of the free numbers among the layer's parameters: "free" and the name, as in
   * {@code freeLeak}}
   */
  public String key() {
    StringBuilder key = new StringBuilder("free");
    for (String word : name.strip().split("\\s+")) {
      key.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return key.toString();
  }

  /** The parameter that a layer with this many channels keeps for it. */
  LayerParameter ofLayer(NeuronDynamics neuron, long channels) {
    check(neuron);
    double[] free = find(neuron).orElseThrow().free();
    return LayerParameter.values(
        key(), LayerParameter.Kind.LEARNED, perChannel ? channels : 1, free);
  }

  private Optional<NeuronParameter> find(NeuronDynamics neuron) {
    return neuron.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst();
  }

  /** Whether two neurons have the same initial value. */
  boolean isEqualIn(NeuronDynamics one, NeuronDynamics other) {
    return find(one).equals(find(other));
  }

  /**
   * Checks that a neuron has these parameters, each once, and that they can be learned. What a
   * network has learned is among its parameters, and would not be saved with the neuron.
   */
  static void check(List<LearnedParameter> learned, NeuronDynamics neuron) {
    Require.not(
        neuron instanceof LearnedNeuron,
        "neuron must have initial values, got those that a layer has learned: %s."
            + " Make a neuron with these values",
        neuron);
    Set<String> names = new HashSet<>();
    for (LearnedParameter parameter : learned) {
      Require.not(
          !names.add(parameter.name),
          "a parameter must be learned once, per layer or per channel, got '%s' twice",
          parameter.name);
      parameter.check(neuron);
    }
  }

  private void check(NeuronDynamics neuron) {
    List<NeuronParameter> learnable =
        neuron instanceof DifferentiableDynamics
            ? neuron.parameters().stream().filter(NeuronParameter::isLearnable).toList()
            : List.of();
    NeuronParameter found =
        learnable.stream()
            .filter(parameter -> parameter.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        ("learned parameter must be one of %s, which the neuron can learn, got '%s' of"
                                + " %s")
                            .formatted(
                                learnable.stream().map(NeuronParameter::name).toList(),
                                name,
                                neuron)));
    found.free();
    Require.not(
        !perChannel && !found.isOfLayer(),
        "%s must be learned per channel, since every channel has its own initial"
            + " value, got per layer",
        name);
  }

  /** The neuron with what a layer has learned so far. */
  static NeuronDynamics apply(
      List<LearnedParameter> learned, NeuronDynamics neuron, Map<String, INDArray> parameters) {
    List<NeuronParameter> current = new ArrayList<>(neuron.parameters());
    for (LearnedParameter parameter : learned) {
      double[] free = parameters.get(parameter.key()).toDoubleVector();
      current.replaceAll(
          known -> known.name().equals(parameter.name) ? known.learned(free) : known);
    }
    return new LearnedNeuron((DifferentiableDynamics) neuron, current);
  }

  /** Parameters of these names. */
  static List<LearnedParameter> of(boolean perChannel, String... names) {
    return Arrays.stream(names).map(name -> new LearnedParameter(name, perChannel)).toList();
  }

  @Override
  public String toString() {
    return name + (perChannel ? " of every channel" : " of the layer");
  }
}
