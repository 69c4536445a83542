package org.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.FanOut;
import org.dl4jsnn.internal.layer.LeakyReadOutLayer;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkVisitor;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The metrics of <a href="https://neurobench.ai">NeuroBench</a> (Yik et al., Nature Communications
 * 16, 1545, 2025), by the conventions of its harness. Operations are means per sample over the
 * whole window; those in the padding of a convolution do not count.
 *
 * @param footprint bytes of the parameters, and 20 bytes per layer of neurons
 * @param parameterCount the number of parameters
 * @param connectionSparsity the share of weights that are 0
 * @param activationSparsity the share of steps at which a neuron does not fire
 * @param membraneUpdates changes of a membrane potential from the reset of one step to that of the
 *     next; at the first step every neuron counts
 * @param neuronOperations operations of these updates: charge, leak, compare and reset; two more
 *     per further state variable
 * @param denseNeuronOperations the same if every neuron changed at every step
 * @param dense synaptic operations of all connections at all steps
 * @param effectiveMacs multiply-adds of graded inputs and weights, both not 0
 * @param effectiveAcs additions of weights other than 0 by spikes of amplitude 1 or −1
 */
public record NeuroBench(
    long footprint,
    long parameterCount,
    double connectionSparsity,
    double activationSparsity,
    double membraneUpdates,
    double neuronOperations,
    double denseNeuronOperations,
    double dense,
    double effectiveMacs,
    double effectiveAcs) {

  /** What the harness counts for a layer of snnTorch's leaky neurons: five numbers. */
  private static final int BYTES_OF_NEURONS = 20;

  /** Charge, leak, compare and reset. */
  private static final int OPERATIONS = 4;

  /**
   * Measures a network in one inference pass. Recurrent weights count as other than 0, and their
   * current counts as a change of the membrane. The membranes of a {@code LeakyReadOut} count as
   * changing at every step, and have no activations.
   *
   * @param network a MultiLayerNetwork or ComputationGraph of spiking layers and one read-out,
   *     which is not being trained at the same time
   * @param features one minibatch per network input
   * @return the metrics
   * @throws IllegalArgumentException if the network is of another type, or another layer than the
   *     spiking ones and the read-out has weights
   */
  public static NeuroBench of(NeuralNetwork network, INDArray... features) {
    NetworkWalk walk = NetworkWalk.of(network);
    NetworkPart readOut = walk.readOut();
    int below = readOut.inputs().get(0);
    Counts counts = new Counts();
    walk.run(
        features,
        false,
        passage -> {
          counts.add(passage);
          if (passage.part().place() == below) {
            counts.addReadOut(readOut, passage.outcome());
          }
        });
    return counts.metrics(network.params(), features[0].size(0));
  }

  /** Whether a variable is state beside the membrane potential. */
  private static boolean isFurther(StateVariable variable) {
    return !variable.name().equals(StateVariable.MEMBRANE)
        && !variable.name().equals(StateVariable.INPUT);
  }

  /** Sums over the network and the samples. */
  private static final class Counts {

    private int layersOfNeurons;
    private double weights;
    private double zeros;
    private double spikes;
    private double neuronSteps;
    private double updates;
    private double operations;
    private double denseOperations;
    private double dense;
    private double macs;
    private double acs;

    NeuroBench metrics(INDArray params, long samples) {
      return new NeuroBench(
          params.length() * params.dataType().width() + (long) BYTES_OF_NEURONS * layersOfNeurons,
          params.length(),
          zeros / weights,
          1 - spikes / neuronSteps,
          updates / samples,
          operations / samples,
          denseOperations / samples,
          dense / samples,
          macs / samples,
          acs / samples);
    }

    void add(NetworkVisitor.Passage passage) {
      NetworkPart part = passage.part();
      if (part.isCharged()) {
        SpikingLayer layer = (SpikingLayer) part.layer();
        SpikeTrain input = passage.arriving().orElseThrow();
        if (part.hasNeurons()) {
          addNeurons(layer, input, passage.train().orElseThrow());
        }
        addSynapses(layer, input);
      } else if (part.layer() instanceof LeakyReadOutLayer integrators) {
        addIntegrators(integrators, passage.arriving().orElseThrow());
      } else if (part.layer() != null && part.layer().numParams() > 0) {
        throw new IllegalArgumentException(
            "weights must be those of spiking layers and of the read-out, got " + part);
      }
    }

    private void addNeurons(SpikingLayer layer, SpikeTrain input, SpikeTrain output) {
      double steps = (double) output.minibatch() * output.steps();
      double neurons = output.shape().neurons();
      neuronSteps += steps * neurons;
      spikes += output.density() * steps * neurons;
      addUpdates(layer.window(input, output));
      double[] recurrent = new double[(int) neurons];
      Arrays.fill(recurrent, layer.recurrence().fanOut((int) neurons));
      weights += neurons * recurrent[0];
      dense += steps * neurons * recurrent[0];
      addSpikes(output, output.steps() - 1, recurrent); // the last ones arrive too late
    }

    /** The connections of a layer, with neurons or without. */
    private void addSynapses(SpikingLayer layer, SpikeTrain input) {
      if (!layer.synapse().isWeighted()) {
        return;
      }
      Map<String, INDArray> parameters = layer.paramTable();
      double steps = (double) input.minibatch() * input.steps();
      addConnections(parameters.get(Synapse.WEIGHT));
      dense +=
          steps
              * DoubleStream.of(FanOut.of(input.shape(), parameters, layer.settings()::synapse))
                  .sum();
      double[] reached = FanOut.ofNonZero(input.shape(), parameters, layer.settings()::synapse);
      if (RepeatedSpikeTrain.isWindow(input)) {
        acs += SynapticOperations.additions(input.ofAnyStep(), reached, true);
      } else {
        addSpikes(input, input.steps(), reached);
      }
    }

    private void addIntegrators(LeakyReadOutLayer integrators, SpikeTrain input) {
      INDArray matrix = integrators.paramTable().get(Synapse.WEIGHT);
      double steps = (double) input.minibatch() * input.steps();
      double changes = steps * matrix.size(1);
      addConnections(matrix);
      dense += steps * matrix.length();
      addSpikes(input, input.steps(), nonZero(matrix));
      addUpdates(changes, changes, integrators.hasSynapticCurrent() ? 4 : 2);
    }

    /** A stock output layer reads rates once, or at every step. */
    void addReadOut(NetworkPart readOut, INDArray rates) {
      INDArray matrix = readOut.layer().paramTable().get(Synapse.WEIGHT);
      if (matrix == null) {
        return; // a loss layer
      }
      addConnections(matrix);
      INDArray rows =
          rates.rank() == 3
              ? rates.permute(0, 2, 1).reshape('c', rates.size(0) * rates.size(2), rates.size(1))
              : rates.reshape('c', rates.size(0), matrix.size(0));
      dense += (double) rows.size(0) * matrix.length();
      double[] reached = nonZero(matrix);
      double[] readings = rows.neq(0).castTo(rates.dataType()).sum(0).toDoubleVector();
      for (int i = 0; i < reached.length; i++) {
        macs += readings[i] * reached[i];
      }
    }

    private void addConnections(INDArray matrix) {
      Require.not(matrix == null, "weights must be the parameter '%s', got none", Synapse.WEIGHT);
      weights += matrix.length();
      zeros += matrix.eq(0).castTo(DataType.INT64).sumNumber().doubleValue();
    }

    private static double[] nonZero(INDArray matrix) {
      return matrix.neq(0).castTo(matrix.dataType()).sum(1).toDoubleVector();
    }

    private void addSpikes(SpikeTrain train, int steps, double[] reached) {
      SpikeEvents events = new SpikeEvents(train.shape());
      double operations = 0;
      boolean graded = false;
      for (int sample = 0; sample < train.minibatch(); sample++) {
        for (int step = 0; step < steps; step++) {
          train.read(sample, step, events);
          for (int e = 0; e < events.size(); e++) {
            operations += reached[train.shape().arrayIndex(events.neuron(e))];
            graded |= Math.abs(events.amplitude(e)) != 1;
          }
        }
      }
      if (graded) {
        macs += operations;
      } else {
        acs += operations;
      }
    }

    /** Replays the neurons step by step. */
    private void addUpdates(SimulatedWindow window) {
      NeuronDynamics neuron = window.neuron();
      int membrane = Math.max(0, StateVariable.membrane(neuron.variables()));
      MembraneReplay replay =
          new MembraneReplay(window, MembraneReplay.charges(window.synapse()).get());
      SpikeTrain output = window.output();
      double changes = 0;
      for (int sample = 0; sample < output.minibatch(); sample++) {
        Neurons neurons = replay.start(sample);
        float[] before = null;
        for (int step = 0; step < output.steps(); step++) {
          replay.run(sample, step, step + 1, neurons, MembraneReplay.NOBODY);
          float[] after = neurons.variable(membrane);
          for (int i = 0; i < after.length; i++) {
            changes += before == null || after[i] != before[i] ? 1 : 0;
          }
          before = after.clone();
        }
      }
      double all = (double) output.minibatch() * output.steps() * output.shape().neurons();
      long others = neuron.variables().stream().filter(NeuroBench::isFurther).count();
      addUpdates(changes, all, OPERATIONS + 2 * (int) others);
    }

    private void addUpdates(double changes, double all, int operationsOfOne) {
      layersOfNeurons++;
      updates += changes;
      operations += operationsOfOne * changes;
      denseOperations += operationsOfOne * all;
    }
  }
}
