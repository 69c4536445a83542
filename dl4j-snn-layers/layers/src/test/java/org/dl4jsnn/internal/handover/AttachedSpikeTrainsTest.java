package org.dl4jsnn.internal.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.Optional;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AttachedSpikeTrainsTest {

  private static SpikeTrain train() {
    return new BinarySpikeTrain(FeatureShape.vector(1), 1, new int[1][1]);
  }

  @Test
  void shouldFindATrainByTheIdentityOfItsArray() {
    INDArray array = Nd4j.ones(1, 1);
    SpikeTrain train = train();
    GradientInbox inbox = GradientInbox.of(true, new GradientMemory());
    AttachedSpikeTrains.attach(array, new AttachedSpikeTrains.Beside(train, inbox), "producer");
    assertEquals(
        new AttachedSpikeTrains.Beside(train, inbox),
        AttachedSpikeTrains.beside(array).orElseThrow());
    assertFalse(AttachedSpikeTrains.beside(array.dup()).isPresent());
    assertEquals(Optional.of("producer"), AttachedSpikeTrains.lastProducer());
    AttachedSpikeTrains.release(array);
    assertFalse(AttachedSpikeTrains.beside(array).isPresent());
  }

  @Test
  void shouldReleaseATrainWhoseArrayIsGone() throws InterruptedException {
    SpikeTrain train = train();
    WeakReference<SpikeTrain> watched = new WeakReference<>(train);
    AttachedSpikeTrains.attach(
        Nd4j.ones(1, 1),
        new AttachedSpikeTrains.Beside(train, GradientInbox.of(false, new GradientMemory())),
        "producer");
    train = null;
    for (int i = 0; i < 100 && watched.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
      INDArray other = Nd4j.ones(1, 1);
      AttachedSpikeTrains.attach(
          other,
          new AttachedSpikeTrains.Beside(train(), GradientInbox.of(false, new GradientMemory())),
          "sweeps the gone ones");
      AttachedSpikeTrains.release(other);
    }
    assertTrue(watched.get() == null, "the train is still held");
  }
}
