package org.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The recording of a {@link SpikeProbe}. Neurons are counted in the order of arrays, (channel ·
 * height + y) · width + x; samples, steps and neurons from 0.
 *
 * <pre>{@code
 * SpikeRecording seen = SpikeProbe.of(network).layer("conv1").record(features);
 * INDArray rates = seen.rates("conv1");
 * SpikeRaster raster = seen.raster("conv1", 0, 50); // of the first sample, 50 neurons
 * }</pre>
 */
public final class SpikeRecording {

  private final Map<String, ProbedLayer> layers;

  SpikeRecording(Map<String, ProbedLayer> layers) {
    this.layers = layers;
  }

  /** {@return the names of the watched layers, starting at the input} */
  public List<String> layers() {
    return List.copyOf(layers.keySet());
  }

  /** {@return T, the time steps in the window} */
  public int steps() {
    return layers.values().iterator().next().steps();
  }

  /** {@return the number of samples of the minibatch} */
  public int minibatch() {
    return layers.values().iterator().next().minibatch();
  }

  /**
   * {@return the spikes of a layer: the spikes that it passed on}
   *
   * @param layer its name
   * @throws IllegalArgumentException if it was not watched, or is a read-out that never fires
   */
  public SpikeTrain train(String layer) {
    SpikeTrain train = seen(layer).train();
    Require.not(
        train == null, "layer must pass spikes on, got '%s', a read-out that never fires", layer);
    return train;
  }

  /**
   * {@return whether a layer passes spikes on: false for a {@code LeakyReadOut}, which never fires}
   *
   * @param layer its name
   * @throws IllegalArgumentException if it was not watched
   */
  public boolean hasSpikes(String layer) {
    return seen(layer).train() != null;
  }

  /**
   * {@return the dynamics of a layer of (leaky) integrate-and-fire neurons, with the current
   * threshold}
   *
   * @param layer its name
   * @throws IllegalArgumentException if it was not watched, has no neurons, or has neurons of
   *     another kind
   */
  public SpikingNeuron neuron(String layer) {
    SpikingNeuron neuron = requireNeurons(layer).neuron();
    Require.not(
        neuron == null,
        "layer must have neurons with threshold, leak and reset, got '%s' with neurons of another"
            + " kind, or with learned values per channel. For the thresholds of any neuron, see"
            + " threshold(layer, sample, neuron)",
        layer);
    return neuron;
  }

  /**
   * Firing rates: the sum of a neuron's spikes over the window, divided by T.
   *
   * @param layer the layer's name
   * @return [minibatch, n] or [minibatch, channels, height, width]; for max pooling, the rates of
   *     the spikes that it passed on
   * @throws IllegalArgumentException if it was not watched
   */
  public INDArray rates(String layer) {
    SpikeTrain train = train(layer);
    return totals(train).divi(train.steps());
  }

  /**
   * {@return firing rates of one sample: [n] or [channels, height, width]}
   *
   * @param layer the layer's name
   * @param sample index of the sample
   * @throws IllegalArgumentException if it was not watched, or there is no such sample
   */
  public INDArray rates(String layer, int sample) {
    requireSample(sample);
    long[] one = train(layer).shape().arrayShape(1);
    return rates(layer).slice(sample).reshape(Arrays.copyOfRange(one, 1, one.length));
  }

  /**
   * {@return the accumulated input current of a layer's neurons, Σ_t c[t] (equation 6 of
   * docs/mathematics.md): [minibatch, n] or [minibatch, channels, height, width]}
   *
   * @param layer the layer's name
   * @throws IllegalArgumentException if it was not watched, or has no neurons
   */
  public INDArray accumulatedInput(String layer) {
    return requireNeurons(layer).flow().in().dup();
  }

  /**
   * {@return the accumulated output of a layer's neurons, the number of spikes Σ_t s[t] (equation 6
   * of docs/mathematics.md): [minibatch, n] or [minibatch, channels, height, width]}
   *
   * @param layer the layer's name
   * @throws IllegalArgumentException if it was not watched
   */
  public INDArray accumulatedOutput(String layer) {
    return totals(train(layer));
  }

  /**
   * {@return accumulated input and output of a layer together}
   *
   * @param layer the layer's name
   * @throws IllegalArgumentException if it was not watched, or has no neurons
   */
  public AccumulatedFlow flow(String layer) {
    AccumulatedFlow flow = requireNeurons(layer).flow();
    return new AccumulatedFlow(flow.in().dup(), flow.out().dup(), flow.steps());
  }

  /**
   * {@return the membrane potential of a neuron for the first sample; otherwise as {@link
   * #membrane(String, int, int)}: T membrane potentials}
   *
   * @param layer the layer's name
   * @param neuron index of the neuron
   * @throws IllegalArgumentException if the membrane was not watched
   */
  public float[] membrane(String layer, int neuron) {
    return membrane(layer, 0, neuron);
  }

  /**
   * The membrane potential of a neuron at every step, after charging and before firing: u of
   * equation 3 of docs/mathematics.md. It is above the {@link #threshold} at exactly the steps at
   * which the neuron fired, outside of refractory periods; a read-out never fires. It equals that
   * of the event-driven engine bit for bit; the engines for dense arrays and constant currents may
   * round sums of weights differently.
   *
   * @param layer the layer's name
   * @param sample index of the sample
   * @param neuron index of the neuron
   * @return T membrane potentials, in units of weights
   * @throws IllegalArgumentException if the membrane was not watched, or there is no such sample
   */
  public float[] membrane(String layer, int sample, int neuron) {
    int row = row(layer, sample, neuron);
    return seen(layer).followed().membranes()[sample][row].clone();
  }

  /**
   * {@return the threshold of a neuron at every step: θ, raised by the adaptation of an {@code
   * AdaptiveNeuron}: T thresholds}
   *
   * @param layer the layer's name
   * @param sample index of the sample
   * @param neuron index of the neuron
   * @throws IllegalArgumentException if the membrane was not watched, if there is no such sample,
   *     or if the layer is a read-out that never fires
   */
  public float[] threshold(String layer, int sample, int neuron) {
    int row = row(layer, sample, neuron);
    train(layer); // a read-out has no threshold
    float[] thresholds = seen(layer).followed().thresholds()[sample][row];
    if (thresholds.length == steps()) {
      return thresholds.clone();
    }
    float[] same = new float[steps()];
    Arrays.fill(same, thresholds[0]);
    return same;
  }

  /**
   * The state variables of the neurons of a layer whose membranes were watched.
   *
   * @param layer the layer's name
   * @return their names, such as "membrane", "adaptation", "synaptic current"; empty if no
   *     membranes were watched
   * @throws IllegalArgumentException if the layer was not watched
   */
  public List<String> variables(String layer) {
    FollowedState followed = seen(layer).followed();
    return followed == null ? List.of() : followed.names();
  }

  /**
   * A state variable of a neuron at every step, after charging and before firing. "membrane" is the
   * potential that is compared with the threshold, as {@link #membrane(String, int, int)}.
   *
   * @param layer the layer's name
   * @param variable the variable's name, one of {@link #variables}
   * @param sample index of the sample
   * @param neuron index of the neuron
   * @return T values
   * @throws IllegalArgumentException if the membrane was not watched, or if there is no such sample
   *     or variable
   */
  public float[] variable(String layer, String variable, int sample, int neuron) {
    int row = row(layer, sample, neuron);
    FollowedState followed = seen(layer).followed();
    int place = followed.names().indexOf(variable);
    if (place < 0) {
      throw new IllegalArgumentException(
          "state variable of layer '%s' must be one of %s, got %s"
              .formatted(layer, String.join(", ", followed.names()), variable));
    }
    return followed.values()[place][sample][row].clone();
  }

  private int row(String layer, int sample, int neuron) {
    int[] neurons = membranesOf(layer);
    requireSample(sample);
    return IntStream.range(0, neurons.length)
        .filter(index -> neurons[index] == neuron)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("membrane of layer '%s' must be watched, got neuron %s. Possible cause:"
                            + " membranes(\"%s\", …) did not name it")
                        .formatted(layer, neuron, layer)));
  }

  /**
   * The neurons of a layer whose membranes were watched.
   *
   * @param layer the layer's name
   * @return their indices; empty if there are none
   * @throws IllegalArgumentException if the layer was not watched
   */
  public int[] membranesOf(String layer) {
    FollowedState followed = seen(layer).followed();
    return followed == null ? new int[0] : followed.neurons().clone();
  }

  /**
   * {@return the steps at which a neuron fired: for each of T steps, whether it fired}
   *
   * @param layer the layer's name
   * @param sample index of the sample
   * @param neuron index of the neuron
   * @throws IllegalArgumentException if the layer was not watched, or there is no such sample or
   *     neuron
   */
  public boolean[] fired(String layer, int sample, int neuron) {
    SpikeTrain train = train(layer);
    requireSample(sample);
    Require.within("neuron", neuron, 0, train.shape().neurons() - 1);
    int place = train.shape().neuronIndex(neuron);
    SpikeEvents events = new SpikeEvents(train.shape());
    boolean[] fired = new boolean[train.steps()];
    for (int step = 0; step < fired.length; step++) {
      train.read(sample, step, events);
      for (int e = 0; e < events.size(); e++) {
        fired[step] |= events.neuron(e) == place;
      }
    }
    return fired;
  }

  /**
   * {@return which neurons of a layer fired when}
   *
   * @param layer the layer's name
   * @param sample index of the sample
   * @param mostRows the most neurons to show, at least 1
   * @throws IllegalArgumentException if the layer was not watched, or there is no such sample
   */
  public SpikeRaster raster(String layer, int sample, int mostRows) {
    return SpikeRaster.of(train(layer), sample, mostRows);
  }

  private ProbedLayer requireNeurons(String layer) {
    ProbedLayer seen = seen(layer);
    Require.not(
        seen.flow() == null, "layer must have neurons that fire, got '%s', which has none", layer);
    return seen;
  }

  private ProbedLayer seen(String layer) {
    ProbedLayer seen = layers.get(layer);
    Require.not(
        seen == null,
        "layer must be one of the watched layers, %s, got %s",
        String.join(", ", layers.keySet()),
        layer);
    return seen;
  }

  private void requireSample(int sample) {
    Require.within("sample", sample, 0, minibatch() - 1);
  }

  private static INDArray totals(SpikeTrain train) {
    return Nd4j.createFromArray(train.totals())
        .reshape('c', train.shape().arrayShape(train.minibatch()));
  }
}
