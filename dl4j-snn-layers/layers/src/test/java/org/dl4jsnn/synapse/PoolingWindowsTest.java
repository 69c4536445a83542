package org.dl4jsnn.synapse;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.StepwiseMaximum;
import org.dl4jsnn.internal.simulate.MaximumPooling;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class PoolingWindowsTest {

  private static final long A_MEGABYTE = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Window2D.Axis axis(int kernel, int stride) {
    return new Window2D.Axis(kernel, stride, 0, 1, false);
  }

  @Test
  void shouldTakeNoMemoryForEveryNeuronOfALargeImage() {
    FeatureShape input = FeatureShape.image(64, 32, 32);
    PoolingWindows windows = new PoolingWindows(new Window2D(axis(2, 2), axis(2, 2)), input);
    AverageSynapse synapse = new AverageSynapse(windows);
    SpikeTrain silent =
        SpikeEncoder.poisson(1, 1).encode(Nd4j.zeros(input.arrayShape(1)), NoiseKey.inference(1));
    SpikeGradient gradient =
        new SpikeGradient(new GradientMemory(), windows.output(), 1, 1, DataType.FLOAT);
    Runnable average = () -> MembraneReplay.charges(synapse);
    // Three buffers of a step's events and some numbers per neuron are needed anyway.
    Runnable maximum =
        () -> {
          StepwiseMaximum.of(silent, windows);
          new MaximumPooling(windows, windows.output()).backprop(silent, gradient).close();
        };
    average.run();
    maximum.run();
    assertTrue(allocated(average) < A_MEGABYTE / 4, allocated(average) + " bytes");
    assertTrue(allocated(maximum) < 6 * A_MEGABYTE, allocated(maximum) + " bytes");
  }

  private static long allocated(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void shouldRefusePaddingAndDilation() {
    FeatureShape input = FeatureShape.image(1, 8, 8);
    for (Window2D.Axis axis :
        List.of(
            new Window2D.Axis(2, 2, 1, 1, false),
            new Window2D.Axis(2, 2, 0, 2, false),
            new Window2D.Axis(2, 2, 0, 1, true))) {
      Window2D window = new Window2D(axis, axis);
      assertRefused(
          IllegalArgumentException.class,
          () -> new PoolingWindows(window, input),
          "neither padding nor dilation, got rows");
    }
  }
}
