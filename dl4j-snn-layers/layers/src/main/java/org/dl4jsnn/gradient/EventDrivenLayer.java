package org.dl4jsnn.gradient;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.DenseWeightGradient;
import org.dl4jsnn.internal.kernel.InputSums;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.WeightSums;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.DenseFrames;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.internal.synapse.SynapseAdjoint;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The backward pass of one layer through time by events ({@link EventAdjoint}). */
final class EventDrivenLayer {

  /** Sums of weights' gradients, each over some samples, so that threads do not matter. */
  private static final int PARTS = 16;

  private static final int MOST = Integer.MAX_VALUE - 1024;

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final boolean detached;
  private final int steps;
  private final FeatureShape input;
  private final FeatureShape output;
  private final SynapseAdjoint synapse;
  private final float leak;

  private EventDrivenLayer(
      SimulatedWindow window, Surrogate surrogate, boolean detached, SynapseAdjoint synapse) {
    this.window = window;
    this.surrogate = surrogate;
    this.detached = detached;
    this.steps = window.input().steps();
    this.input = window.input().shape();
    this.output = window.output().shape();
    this.synapse = synapse;
    this.leak = (float) EventAdjoint.membrane(window.neuron()).orElseThrow().leak();
  }

  /** The backward pass by events; empty where only the dense one is exact, or fits. */
  static Optional<EventDrivenLayer> of(
      SimulatedWindow window,
      Surrogate surrogate,
      boolean detached,
      DataType type,
      boolean wantsInputs) {
    boolean serves =
        type == DataType.FLOAT
            && Double.isFinite(surrogate.reach())
            && fits(window)
            && EventAdjoint.membrane(window.neuron()).isPresent();
    return serves
        ? MembraneReplay.adjoint(window.synapse(), wantsInputs)
            .map(synapse -> new EventDrivenLayer(window, surrogate, detached, synapse))
        : Optional.empty();
  }

  /** Whether a number per sample, step and neuron fits into one array. */
  private static boolean fits(SimulatedWindow window) {
    double neurons = Math.max(window.input().shape().neurons(), window.output().shape().neurons());
    return neurons * window.input().minibatch() * window.input().steps() < MOST;
  }

  /** Writes the gradients of the parameters; returns the gradient of the input's rates. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  INDArray backprop(StepGradient spikeGradient, LayerPass pass) {
    InputGradient below = pass.inputGradient();
    Map<String, INDArray> gradients = pass.parameterGradients();
    int minibatch = window.input().minibatch();
    boolean learns = !gradients.isEmpty();
    boolean constant = window.input().isConstant();
    boolean byRows = window.synapse() instanceof DenseSynapse && !constant;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      int neurons = output.neurons();
      float[] deltas =
          learns && (byRows || gradients.containsKey(Recurrence.WEIGHT))
              ? new float[Math.multiplyExact(minibatch * steps, neurons)]
              : new float[0];
      float[] totals = learns ? new float[minibatch * neurons] : new float[0];
      int parts = learns && !byRows && !constant ? Math.min(PARTS, minibatch) : 0;
      float[][] sums = new float[parts][];
      InputGradient.OfSamples to =
          below.isWanted() ? below.ofSamples(synapse.sharedInputs()) : null;
      int tasks = parts == 0 ? minibatch : parts;
      ParallelSamples.run(
          tasks,
          () -> {
            Task task = new Task(spikeGradient, to, deltas, totals, parts > 0);
            return part -> {
              if (parts > 0) {
                sums[part] = synapse.newSums();
              }
              for (int sample = part; sample < minibatch; sample += tasks) {
                task.run(sample, parts > 0 ? sums[part] : null);
              }
            };
          });
      if (learns) {
        learn(gradients, deltas, totals, sums, byRows, constant);
      }
    }
    return below.finish();
  }

  private final class Task {

    private final EventAdjoint adjoint;
    private final InputGradient.OfSamples to;
    private final ArrayOrder order;
    private final float[] deltas;
    private final float[] totals;

    /** Those whose inputs have one gradient each, or null. */
    private final PoolingGeometry windows;

    private final float[] inputGradient;
    private final float[] inputTotal;
    private final float[] ofInputs;
    private final float[] inArrayOrder;
    private final InputSums inputSums;
    private final float[] total;
    private final WeightSums weightSums;

    Task(
        StepGradient spikeGradient,
        InputGradient.OfSamples to,
        float[] deltas,
        float[] totals,
        boolean sumsWeights) {
      this.adjoint =
          new EventAdjoint(
              window,
              surrogate,
              detached,
              new MembraneReplay(window, synapse.newCharge()),
              spikeGradient.readerOfNeurons(window.output().shape()));
      this.to = to;
      this.order = new ArrayOrder(input);
      this.deltas = deltas;
      this.totals = totals;
      this.windows = synapse.sharedInputs().map(PoolingGeometry::new).orElse(null);
      this.inputGradient = new float[(windows == null ? input : output).neurons()];
      this.inputTotal = new float[inputGradient.length];
      this.ofInputs = windows == null ? inputTotal : new float[input.neurons()];
      this.inArrayOrder = new float[input.neurons()];
      this.inputSums = to == null ? null : synapse.newInputSums();
      this.total = new float[output.neurons()];
      this.weightSums = sumsWeights ? synapse.newWeightSums(steps) : null;
    }

    void run(int sample, float[] sum) {
      if (to != null) {
        inputSums.clear();
      }
      Arrays.fill(inputTotal, 0);
      Arrays.fill(total, 0);
      adjoint.back(
          sample,
          (step, changes, delta) -> {
            if (totals.length > 0) {
              for (int i = 0; i < total.length; i++) {
                total[i] += delta[i];
              }
            }
            if (deltas.length > 0) {
              System.arraycopy(
                  delta, 0, deltas, (sample * steps + step) * delta.length, delta.length);
            }
            if (sum != null) {
              weightSums.add(window.input(), sample, step, delta, sum);
            }
            if (to != null) {
              below(changes, sample, step);
            }
          });
      if (sum != null) {
        weightSums.finish(sum);
      }
      if (to != null) {
        if (windows != null) {
          windows.spread(inputTotal, ofInputs);
        }
        order.scatter(ofInputs, inArrayOrder);
        to.sum(sample, inArrayOrder);
      }
      if (totals.length > 0) {
        System.arraycopy(total, 0, totals, sample * total.length, total.length);
      }
    }

    private void below(float[] changes, int sample, int step) {
      inputSums.scale(leak);
      inputSums.add(changes);
      inputSums.copyTo(inputGradient);
      to.step(sample, step, inputGradient);
      for (int i = 0; i < inputGradient.length; i++) {
        inputTotal[i] += inputGradient[i];
      }
    }
  }

  /** Writes the gradients of weights and bias. */
  private void learn(
      Map<String, INDArray> gradients,
      float[] deltas,
      float[] totals,
      float[][] sums,
      boolean byRows,
      boolean constant) {
    int minibatch = window.input().minibatch();
    INDArray weights = gradients.get(Synapse.WEIGHT);
    INDArray recurrent = gradients.get(Recurrence.WEIGHT);
    if (recurrent != null) {
      learnRecurrence(deltas, recurrent);
    }
    if (constant) {
      float[] inArrayOrder = new float[totals.length];
      int n = output.neurons();
      for (int i = 0; i < totals.length; i++) {
        inArrayOrder[i / n * n + output.arrayIndex(i % n)] = totals[i];
      }
      try (INDArray total =
              Nd4j.createUninitialized(DataType.FLOAT, output.arrayShape(minibatch), 'c');
          INDArray frames = DenseFrames.of(window.input(), 0, minibatch, 0, 1, DataType.FLOAT)) {
        HostArrays.copy(inArrayOrder, total);
        window.synapse().backpropParameters(frames, total, new HashMap<>(gradients));
      }
      return;
    }
    float[] gradient = new float[Math.toIntExact(weights.length())];
    if (byRows) {
      new DenseWeightGradient(window.input(), Kernels.chosen())
          .write(deltas, output.neurons(), gradient);
    } else {
      float[] sum = sums[0];
      for (int part = 1; part < sums.length; part++) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += sums[part][i];
        }
      }
      synapse.collect(sum, gradient);
    }
    HostArrays.copy(gradient, weights);
    INDArray bias = gradients.get(Synapse.BIAS);
    if (bias != null) {
      double[] ofChannels = new double[output.channels()];
      for (int i = 0; i < totals.length; i++) {
        ofChannels[i % output.neurons() % ofChannels.length] += totals[i];
      }
      for (int k = 0; k < ofChannels.length; k++) {
        bias.putScalar(k, ofChannels[k]);
      }
    }
  }

  /** From the spikes one step before the currents. */
  private void learnRecurrence(float[] deltas, INDArray gradient) {
    int rows = window.input().minibatch() * steps;
    try (INDArray before =
            DenseFrames.of(
                window.output(), 0, window.input().minibatch(), -1, steps, DataType.FLOAT);
        INDArray currents =
            Nd4j.createUninitialized(DataType.FLOAT, output.arrayShape(rows), 'c')) {
      HostArrays.copy(deltas, currents);
      window.recurrence().backprop(before, currents, gradient);
    }
  }
}
