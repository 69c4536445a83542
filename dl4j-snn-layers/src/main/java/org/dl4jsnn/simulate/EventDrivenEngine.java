package org.dl4jsnn.simulate;

import java.util.function.IntConsumer;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.ChargeKernel;
import org.dl4jsnn.synapse.EventSynapse;

/**
 * Simulates a layer spike by spike on the CPU: an input spike adds its weights to the membranes it
 * reaches. The cost goes with the number of spikes, not with steps × weights. One sample runs
 * through the whole window before the next, so that its membrane stays in the cache; samples run in
 * parallel.
 */
public final class EventDrivenEngine {

  private EventDrivenEngine() {}

  /**
   * Simulates one layer over the window of its input.
   *
   * @param synapse the synapses, charging
   * @param neuron the dynamics of the neurons
   * @param input the spikes of the layer before
   * @return the layer's spikes, with as many samples and steps
   */
  public static SpikeTrain simulate(EventSynapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    FeatureShape shape = synapse.outputShape();
    int minibatch = input.minibatch();
    int steps = input.steps();
    int neurons = shape.neurons();
    int perStep = BinarySpikeTrain.wordsPerStep(neurons);
    long[][] words = new long[minibatch][];
    float[] totals = new float[Math.multiplyExact(minibatch, neurons)];
    FireKernel fire = new FireKernel(synapse.layout(), synapse.biasRow(), neuron);

    ParallelSamples.run(
        minibatch,
        () -> {
          ChargeKernel charge = synapse.newKernel();
          SpikeEvents events = new SpikeEvents(input.shape().neurons());
          float[] membrane = new float[synapse.layout().size()];
          return (IntConsumer)
              sample -> {
                long[] bits = new long[Math.multiplyExact(steps, perStep)];
                float[] counts = new float[neurons];
                fire.begin(membrane);
                for (int step = 0; step < steps; step++) {
                  input.read(sample, step, events);
                  charge.charge(events, membrane);
                  fire.fire(membrane, bits, step * perStep, counts);
                }
                words[sample] = bits;
                shape.toArrayOrder(counts, totals, sample * neurons);
              };
        });
    return new BinarySpikeTrain(shape, steps, words, totals);
  }
}
