package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.CochleaDataSetIterator;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.SampleCache;
import org.dl4jsnn.event.frame.FrameOptions;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Networks that learn from recordings of events, as shown in docs/events.md. */
final class EventTraining {

  private EventTraining() {}

  static Evaluation images(MultiLayerNetwork network, int epochs) throws IOException {
    // begin images
    EventDataSet data = EventDataSet.cifar10Dvs(Path.of("cifar10-dvs")).holdingOut(0.1, 1);
    FrameOptions options = FrameOptions.cifar10Dvs(20); // [2, 20, 42, 42]
    SampleCache cache = SampleCache.in(Path.of("cache"));
    EventDataSetIterator train =
        EventDataSetIterator.builder(data, data.train(), options)
            .batch(32)
            .seed(1)
            .shuffled()
            .cache(cache)
            .augmentation(
                EventAugmentation.chain(
                    EventAugmentation.flipLeftRight(0.5), EventAugmentation.shift(5)))
            .build();
    EventDataSetIterator heldOut =
        EventDataSetIterator.builder(data, data.heldOut(), options).cache(cache).build();
    try (PrefetchingIterator ahead = train.prefetching(2)) {
      network.fit(ahead, epochs); // a network that begins with SpikeEncoding.frames()
    }
    Evaluation evaluation = network.evaluate(heldOut);
    // end images
    return evaluation;
  }

  static void words(MultiLayerNetwork network, int epochs) throws IOException {
    // begin words
    try (CochleaFile file = CochleaFile.open(Path.of("shd_train.h5"))) {
      CochleaBins bins = new CochleaBins(10, 20_000, 50); // 70 channels, 50 steps of 20 ms
      DataSetIterator train =
          CochleaDataSetIterator.builder(file, file.samplesOf(speaker -> speaker != 4), bins)
              .batch(32)
              .seed(1)
              .shuffled()
              .shift(30)
              .build(); // [minibatch, 70, 50], one-hot labels
      // The network begins with SpikeEncoding.frames(), over InputType.recurrent(70, 50).
      network.fit(train, epochs);
    }
    // end words
  }
}
