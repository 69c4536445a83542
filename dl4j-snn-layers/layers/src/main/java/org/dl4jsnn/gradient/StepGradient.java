package org.dl4jsnn.gradient;

import java.util.Optional;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of every spike of a layer, ∂L/∂s[t], from all layers above: the gradient in time
 * from the layers that know it, plus the rest of the gradient of rates, which is the same at every
 * step (equation 15 of docs/mathematics.md):
 *
 * <pre>  ∂L/∂s[t] = known[t] + (∂L/∂r − Σ_t known[t]) / T </pre>
 *
 * May be closed, or left to the garbage collector.
 */
public final class StepGradient implements AutoCloseable {

  private final SpikeGradient known;
  private final INDArray even;
  private boolean inTrainOrder;
  private final int neurons;

  /**
   * Creates a gradient.
   *
   * @param known the part known in time, or empty; not copied
   * @param rateGradient the gradient of rates, including the sum of the known part, [minibatch, …]
   *     in the shape of the neurons
   * @param steps T
   */
  @Internal
  @SuppressWarnings("try") // the scope is entered and left, not read
  public StepGradient(Optional<SpikeGradient> known, INDArray rateGradient, int steps) {
    ArrayRuns.requireReal(rateGradient.dataType());
    this.known = known.orElse(null);
    this.inTrainOrder = this.known != null && this.known.isInTrainOrder();
    this.neurons = Math.toIntExact(rateGradient.length() / rateGradient.size(0));
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      this.even = rateGradient.dup('c');
      if (this.known != null) {
        even.subi(this.known.sum());
      }
      even.divi(steps);
    }
  }

  /** Reads gradients. Owns scratch memory: one per task. */
  public final class Reader {

    private final ArrayRuns evenRuns = new ArrayRuns(even);
    private final ArrayRuns knownRuns = known == null ? null : new ArrayRuns(known.buffered());
    private final double[] evenPart = new double[neurons];
    private int evenSample = -1;
    private float[] evenSingles;
    private int evenSampleOfSingles = -1;
    private boolean evenIsZero;

    /** Of a reader in the order of trains; null for others. */
    private final ArrayOrder order;

    private final float[] inArrayOrder;

    /** Those with one value of the known part each, or null. */
    private final PoolingGeometry windows;

    private final float[] ofWindows;

    private Reader(ArrayOrder order) {
      this.order = order;
      this.inArrayOrder = new float[order == null ? 0 : neurons];
      this.windows = known == null ? null : known.windows().orElse(null);
      this.ofWindows = new float[windows == null ? 0 : windows.output().neurons()];
    }

    /** Reads the gradients of one sample at one step in the order of trains. */
    void readNeurons(int sample, int step, float[] target) {
      if (sample != evenSampleOfSingles) {
        evenSingles = evenSingles == null ? new float[neurons] : evenSingles;
        inTrainOrder(evenRuns, sample * neurons, evenSingles);
        evenSampleOfSingles = sample;
        evenIsZero = areZero(evenSingles);
      }
      if (known == null) {
        System.arraycopy(evenSingles, 0, target, 0, neurons);
        return;
      }
      int row = known.row(sample, step);
      if (windows != null) {
        knownRuns.read(row * ofWindows.length, ofWindows);
        windows.spread(ofWindows, target);
      } else if (inTrainOrder) {
        knownRuns.read(row * neurons, target);
      } else {
        inTrainOrder(knownRuns, row * neurons, target);
      }
      for (int i = 0; !evenIsZero && i < target.length; i++) {
        target[i] += evenSingles[i];
      }
    }

    private static boolean areZero(float... values) {
      int bits = 0;
      for (float value : values) {
        bits |= Float.floatToRawIntBits(value);
      }
      return bits << 1 == 0; // without the sign
    }

    private void inTrainOrder(ArrayRuns runs, int first, float[] target) {
      runs.read(first, inArrayOrder);
      order.gather(inArrayOrder, target);
    }

    /**
     * Reads the gradients of one sample at one step.
     *
     * @param sample index of the sample
     * @param step index of the step
     * @param target where to write them, in the order of arrays
     */
    public void read(int sample, int step, double[] target) {
      if (sample != evenSample) {
        evenRuns.read(sample * neurons, evenPart);
        evenSample = sample;
      }
      if (known == null) {
        System.arraycopy(evenPart, 0, target, 0, neurons);
        return;
      }
      knownRuns.read(known.row(sample, step) * neurons, target);
      for (int i = 0; i < neurons; i++) {
        target[i] += evenPart[i];
      }
    }

    /**
     * Reads the gradients of one sample at one step in single precision, the gradient's own.
     *
     * @param sample index of the sample
     * @param step index of the step
     * @param target where to write them, in the order of arrays
     */
    @Internal
    public void read(int sample, int step, float[] target) {
      if (sample != evenSampleOfSingles) {
        evenSingles = evenSingles == null ? new float[neurons] : evenSingles;
        evenRuns.read(sample * neurons, evenSingles);
        evenSampleOfSingles = sample;
      }
      if (known == null) {
        System.arraycopy(evenSingles, 0, target, 0, neurons);
        return;
      }
      knownRuns.read(known.row(sample, step) * neurons, target);
      for (int i = 0; i < neurons; i++) {
        target[i] += evenSingles[i];
      }
    }
  }

  /** {@return a reader for one task} */
  public Reader reader() {
    inArrayOrder();
    return new Reader(null);
  }

  private synchronized void inArrayOrder() {
    if (inTrainOrder) {
      known.values();
      inTrainOrder = false;
    }
  }

  /** A reader in the order of trains, for one task. */
  Reader readerOfNeurons(FeatureShape shape) {
    return new Reader(new ArrayOrder(shape));
  }

  @Override
  public void close() {
    even.close();
    if (known != null) {
      known.close();
    }
  }
}
