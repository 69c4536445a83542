package org.dl4jsnn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.event.data.Recordings;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

/** Frames are made on request, so that an epoch may be larger than all memory. */
class DataSetLargerThanMemoryTest {

  private static final int BATCH = 10;
  private static final int AHEAD = 2;
  private static final FrameOptions OPTIONS = FrameOptions.of(Slicing.intoEqualParts(500));

  @Test
  void shouldGoThroughAnEpochInTheMemoryOfAFewMinibatches(@TempDir Path folder) throws IOException {
    EventDataSet data = Recordings.folders(folder, 2, 2);
    long sampleBytes = OPTIONS.shape(data.sensor()).size() * (long) Float.BYTES;
    // ND4J may use as much memory outside the heap as Java has inside it.
    int times = (int) (1.1 * Runtime.getRuntime().maxMemory() / sampleBytes / 4) + 1;
    List<EventSample> samples =
        Collections.nCopies(times, data.train()).stream().flatMap(List::stream).toList();
    EventDataSetIterator iterator =
        EventDataSetIterator.builder(data, samples, OPTIONS).batch(BATCH).build();

    PrefetchingIterator prefetching = iterator.prefetching(AHEAD);
    Pointer.deallocateReferences();
    long before = Pointer.totalBytes();
    long peak = 0;
    long bytes = 0;
    int seen = 0;
    while (prefetching.hasNext()) {
      DataSet minibatch = prefetching.next();
      peak = Math.max(peak, Pointer.totalBytes() - before);
      bytes += minibatch.getFeatures().length() * Float.BYTES;
      seen += minibatch.numExamples();
      minibatch.getFeatures().close();
    }
    prefetching.close();

    assertEquals(samples.size(), seen);
    assertTrue(bytes > Runtime.getRuntime().maxMemory(), bytes + " bytes of frames");
    // One in use, those ahead, one waiting for its place, one being made.
    long bound = (AHEAD + 3) * BATCH * sampleBytes;
    assertTrue(peak <= bound + (1 << 20), "at most " + peak + " bytes at once, want " + bound);
  }
}
