package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.CochleaDataSetIterator;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.camera.GreyImage;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.SampleCache;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.stream.EventSlice;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.SliceOptions;
import org.dl4jsnn.event.stream.SlicedStream;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.StreamedOutput;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Recordings of events: read, written, simulated, learned and streamed (docs/events.md). */
final class RecordingFiles {

  private RecordingFiles() {}

  static int[][] brighter(Path file) throws IOException {
    // begin read
    EventTable events = EventFiles.read(file); // such as cup.aedat
    int[][] brighter = new int[events.sensor().height()][events.sensor().width()];
    for (int i = 0; i < events.size(); i++) {
      if (events.on(i) && events.t(i) - events.t(0) < 100_000) { // µs
        brighter[events.y(i)][events.x(i)]++;
      }
    }
    // end read
    return brighter;
  }

  static List<String> inPieces(Path file) throws IOException {
    List<String> remarks = new ArrayList<>();
    int onEvents = 0;
    // begin pieces
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
      for (EventTable piece = reader.next(100_000);
          piece.size() > 0;
          piece = reader.next(100_000)) {
        onEvents += piece.onEvents();
      }
      remarks.addAll(reader.warnings()); // what was tolerated, as the options allow
      remarks.addAll(reader.notes()); // what was left out
    }
    // end pieces
    remarks.add(onEvents + " ON events");
    return remarks;
  }

  static void write(EventTable events, Path file) throws IOException {
    // begin write
    try (EventWriter writer = EventWriter.aedat4Lz4(file, events.sensor())) {
      writer.write(events); // or event by event: writer.accept(x, y, t, on)
      writer.finish();
    }
    // end write
  }

  static EventTable simulate(byte[] planes, Path file) throws IOException {
    // begin camera
    SimulatedCamera camera = SimulatedCamera.cifar10Dvs(1);
    GreyImage image = GreyImage.ofColourPlanes(32, 32, planes).enlarged(512, 512);
    EventTable events = camera.record(image, 7);
    try (EventWriter writer = EventWriter.aedat2(file, camera.settings().sensor())) {
      camera.record(image, 7, writer); // step by step, in memory that does not grow
      writer.finish(); // until then there is no file
    }
    // end camera
    return events;
  }

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

  static List<Integer> answers(MultiLayerNetwork network, EventStream camera)
      throws IOException, InterruptedException {
    List<Integer> answers = new ArrayList<>();
    // begin live
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(1)); // a slice is one time step
    Function<EventSlice, INDArray> frame =
        slice -> {
          EventFrames frames = EventFrames.of(slice.events(), slice.window(), options);
          FrameShape shape = frames.shape();
          return Nd4j.createFromArray(frames.values())
              .reshape(1, shape.channels(), 1, shape.height(), shape.width());
        };
    int window = 30; // T of the training
    StreamedOutput rehearsal = new StreamedOutput(network.clone()); // has a state of its own
    SliceOptions warm =
        SliceOptions.defaults().warmingUp(slice -> rehearsal.feed(frame.apply(slice)));
    StreamState.clear(network);
    StreamedOutput output = new StreamedOutput(network);
    try (SlicedStream slices = SlicedStream.start(camera, 10_000, warm)) { // µs
      for (Optional<EventSlice> next = slices.next(); next.isPresent(); next = slices.next()) {
        if (output.steps() == window) { // or the answer averages over all that was ever seen
          StreamState.clear(network);
          output = new StreamedOutput(network);
        }
        EventSlice slice = next.get();
        answers.add(output.feed(frame.apply(slice)).classes(1)[0]);
        slices.answered(slice); // for slices.figures()
      }
    }
    // end live
    return answers;
  }
}
