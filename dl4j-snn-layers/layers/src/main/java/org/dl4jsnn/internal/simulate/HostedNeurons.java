package org.dl4jsnn.internal.simulate;

import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.host.SampleStates;
import org.dl4jsnn.internal.host.SteppedNeurons;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Any neurons, stepped on the host by their definition. */
final class HostedNeurons implements DenseNeurons {

  private final FeatureShape shape;
  private final SteppedNeurons[] neurons;
  private final int[][] words;
  private final SampleStates states;

  HostedNeurons(
      NeuronDynamics dynamics, FeatureShape shape, int minibatch, int steps, NeuronState start) {
    this.shape = shape;
    this.neurons = new SteppedNeurons[minibatch];
    this.words = new int[minibatch][];
    this.states = new SampleStates(dynamics, start, minibatch, shape.neurons(), true);
    for (int sample = 0; sample < minibatch; sample++) {
      words[sample] = BitLayout.of(shape).words(steps);
      neurons[sample] = new SteppedNeurons(dynamics, shape);
      neurons[sample].start(states.start(sample));
    }
  }

  @Override
  public void fire(INDArray currents, int firstStep) {
    float[] values = HostArrays.floats(currents);
    Supplier<IntConsumer> newTask = () -> sample -> fire(sample, values, firstStep);
    ParallelSamples.run(neurons.length, newTask);
  }

  private void fire(int sample, float[] currents, int firstStep) {
    int perStep = neurons.length * shape.neurons();
    SteppedNeurons stepped = neurons[sample];
    for (int step = 0; step < currents.length / perStep; step++) {
      int first = step * perStep + sample * shape.neurons();
      float[] charged = stepped.charged();
      for (int neuron = 0; neuron < charged.length; neuron++) {
        charged[neuron] += currents[first + shape.arrayIndex(neuron)];
      }
      stepped.requireFinite(firstStep + step, sample);
      stepped.step(firstStep + step, words[sample]);
    }
  }

  @Override
  public int[][] words() {
    return words;
  }

  @Override
  public NeuronState state() {
    for (int sample = 0; sample < neurons.length; sample++) {
      float[][] end = states.end();
      neurons[sample].end(end);
      states.take(sample, end);
    }
    return states.state();
  }

  @Override
  public void close() {
    // Holds no memory of the backend.
  }
}
