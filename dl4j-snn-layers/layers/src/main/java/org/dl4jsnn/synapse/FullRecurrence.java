package org.dl4jsnn.synapse;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.product.DenseProducts;
import org.dl4jsnn.internal.synapse.RecurrentCharges;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.spike.SpikeEvents;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link Recurrence#full}. */
final class FullRecurrence implements Recurrence {

  private final int count;
  private final INDArray array;
  private final float[] weights;

  /** The weights by the neuron that they reach; made when needed. */
  private volatile float[] columns;

  /** Null in single precision. */
  private final double[] exact;

  private final RecurrentCharge charge;

  FullRecurrence(INDArray weights) {
    this.count = Math.toIntExact(weights.size(0));
    this.array = weights;
    this.weights = HostArrays.floats(weights);
    this.exact = weights.dataType() == DataType.DOUBLE ? weights.dup('c').data().asDouble() : null;
    this.charge =
        RecurrentCharges.full(this.count, this.weights, weights.dataType() == DataType.FLOAT16);
  }

  @Override
  public void charge(Neurons neurons, float[] charged) {
    charge.charge(neurons, charged);
  }

  @Override
  public void feedBack(double[] currentGradient, double[] spikeGradient) {
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int j = 0; j < count; j++) {
        double weight = exact == null ? weights[i * count + j] : exact[i * count + j];
        sum += weight * currentGradient[j];
      }
      spikeGradient[i] += sum;
    }
  }

  @Override
  public void feedBack(float[] currentGradient, float[] spikeGradient) {
    for (int i = 0; i < count; i++) {
      int row = i * count;
      // Four sums: Java keeps the order of additions, so with one sum each addition would wait for
      // the last.
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      int j = 0;
      for (; j + 3 < count; j += 4) {
        a += weights[row + j] * currentGradient[j];
        b += weights[row + j + 1] * currentGradient[j + 1];
        c += weights[row + j + 2] * currentGradient[j + 2];
        d += weights[row + j + 3] * currentGradient[j + 3];
      }
      for (; j < count; j++) {
        a += weights[row + j] * currentGradient[j];
      }
      spikeGradient[i] += (a + b) + (c + d);
    }
  }

  @Override
  public void feedBack(SpikeEvents currentGradient, float[] spikeGradient) {
    float[] columns = transposed();
    int events = currentGradient.size();
    int e = 0;
    // Four columns in one turn, in order, so that sums are read and written a fourth as often.
    for (; e + 3 < events; e += 4) {
      int first = currentGradient.neuron(e) * count;
      int second = currentGradient.neuron(e + 1) * count;
      int third = currentGradient.neuron(e + 2) * count;
      int fourth = currentGradient.neuron(e + 3) * count;
      float a = currentGradient.amplitude(e);
      float b = currentGradient.amplitude(e + 1);
      float c = currentGradient.amplitude(e + 2);
      float d = currentGradient.amplitude(e + 3);
      for (int i = 0; i < count; i++) {
        float sum = spikeGradient[i] + a * columns[first + i];
        sum += b * columns[second + i];
        sum += c * columns[third + i];
        spikeGradient[i] = sum + d * columns[fourth + i];
      }
    }
    for (; e < events; e++) {
      int first = currentGradient.neuron(e) * count;
      float amplitude = currentGradient.amplitude(e);
      for (int i = 0; i < count; i++) {
        spikeGradient[i] += amplitude * columns[first + i];
      }
    }
  }

  private float[] transposed() {
    float[] known = columns;
    if (known == null) {
      known = new float[weights.length];
      for (int i = 0; i < weights.length; i++) {
        known[i % count * count + i / count] = weights[i];
      }
      columns = known;
    }
    return known;
  }

  @Override
  public void accumulate(INDArray spikes, INDArray current) {
    Nd4j.gemm(spikes, array, current, false, false, 1, 1);
  }

  @Override
  public void backprop(INDArray before, INDArray currentGradient, INDArray weightGradient) {
    Optional<DenseProducts> host =
        HostArrays.areSingleOnHost(array.dataType())
            ? DenseProducts.of(count, count, Kernels.chosen())
            : Optional.empty();
    if (host.isEmpty()) {
      Nd4j.gemm(before, currentGradient, weightGradient, true, false, 1, 0);
      return;
    }
    FloatBuffer spikes = HostArrays.buffer(before);
    FloatBuffer gradient = HostArrays.buffer(currentGradient);
    int rows = Math.toIntExact(before.size(0));
    HostArrays.fill(
        weightGradient, target -> host.get().weightGradient(spikes, gradient, rows, target));
    Reference.reachabilityFence(before);
    Reference.reachabilityFence(currentGradient);
  }

  @Override
  public int fanOut(int neurons) {
    return neurons;
  }

  @Override
  public double currentBound() {
    return charge.currentBound();
  }

  @Override
  public Optional<RecurrenceKind> compact() {
    return Optional.of(RecurrenceKind.FULL);
  }

  @Override
  public String toString() {
    return "full recurrence of " + count + " neurons";
  }
}
