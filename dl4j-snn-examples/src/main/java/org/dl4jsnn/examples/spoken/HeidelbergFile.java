package org.dl4jsnn.examples.spoken;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.event.cochlea.CochleaSpikes;
import org.dl4jsnn.internal.io.AtomicFile;

/**
 * Writes words as spikes into an HDF5 file in the layout of the Heidelberg Digits. A word's lists
 * share one global heap collection, so a reader finds them in one place.
 */
final class HeidelbergFile {

  private static final int HEAP_HEADER = 16;
  private static final int HEAP_OBJECT_HEADER = 16;
  private static final int SMALLEST_HEAP = 4_096;

  private final Hdf5Blocks blocks = new Hdf5Blocks();
  private final List<Reference> times = new ArrayList<>();
  private final List<Reference> units = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final List<Integer> speakers = new ArrayList<>();

  /** The location of a list: its length, the heap's address, and its index in the heap. */
  private record Reference(int length, long heap, int index) {

    void putInto(ByteBuffer column) {
      column.putInt(length).putLong(heap).putInt(index);
    }
  }

  /** Adds a word. Times are rounded to half precision, as in the Heidelberg Digits. */
  void add(int label, int speaker, CochleaSpikes spikes) {
    int size = spikes.size();
    ByteBuffer seconds = Hdf5Blocks.buffer(size * Short.BYTES);
    ByteBuffer channels = Hdf5Blocks.buffer(size * Short.BYTES);
    for (int i = 0; i < size; i++) {
      seconds.putShort(HalfPrecision.of(spikes.time(i)));
      channels.putShort((short) spikes.channel(i));
    }
    int used = HEAP_HEADER + 2 * (HEAP_OBJECT_HEADER + Hdf5Blocks.aligned(size * Short.BYTES));
    ByteBuffer heap = Hdf5Blocks.buffer(Math.max(used + HEAP_OBJECT_HEADER, SMALLEST_HEAP));
    heap.put(Hdf5Blocks.letters("GCOL")).putInt(1).putLong(heap.capacity());
    putObject(heap, 1, seconds.array());
    putObject(heap, 2, channels.array());
    // The rest is object 0, whose size includes its header.
    heap.putLong(0).putLong(heap.capacity() - used);
    long address = blocks.add(heap);
    times.add(new Reference(size, address, 1));
    units.add(new Reference(size, address, 2));
    labels.add(label);
    speakers.add(speaker);
  }

  private static void putObject(ByteBuffer heap, int index, byte[] content) {
    int references = 1;
    heap.putShort((short) index).putShort((short) references).putInt(0).putLong(content.length);
    heap.put(content).position(Hdf5Blocks.aligned(heap.position()));
  }

  /**
   * Writes the file; nothing can be added afterwards.
   *
   * @param voices the name of each speaker's voice
   */
  void write(Path file, List<String> voices) throws IOException {
    Hdf5Objects objects = new Hdf5Objects(blocks);
    long spikes =
        objects.group(
            named(
                "times", lists(objects, Hdf5Type.LISTS_OF_HALF, times),
                "units", lists(objects, Hdf5Type.LISTS_OF_UNSIGNED_SHORT, units)));
    long about = objects.group(named("voice", texts(objects, voices)));
    Map<String, Long> extra =
        named("speaker", numbers(objects, speakers), "keys", texts(objects, Language.keys()));
    extra.put("meta_info", about);
    Map<String, Long> root = named("spikes", spikes, "labels", numbers(objects, labels));
    root.put("extra", objects.group(extra));
    long address = objects.group(root);
    AtomicFile.replace(file, out -> blocks.writeTo(out, address));
  }

  private static Map<String, Long> named(String name, long address) {
    Map<String, Long> members = new LinkedHashMap<>();
    members.put(name, address);
    return members;
  }

  private static Map<String, Long> named(String first, long at, String second, long there) {
    Map<String, Long> members = named(first, at);
    members.put(second, there);
    return members;
  }

  private static long lists(Hdf5Objects objects, Hdf5Type type, List<Reference> references) {
    ByteBuffer values = Hdf5Blocks.buffer(references.size() * type.size);
    references.forEach(reference -> reference.putInto(values));
    return objects.column(type, references.size(), values);
  }

  private static long numbers(Hdf5Objects objects, List<Integer> numbers) {
    ByteBuffer values = Hdf5Blocks.buffer(numbers.size() * Short.BYTES);
    numbers.forEach(number -> values.putShort((short) (int) number));
    return objects.column(Hdf5Type.UNSIGNED_SHORT, numbers.size(), values);
  }

  private static long texts(Hdf5Objects objects, List<String> texts) {
    int length = Hdf5Type.TEXT.size;
    ByteBuffer values = Hdf5Blocks.buffer(texts.size() * length);
    for (int i = 0; i < texts.size(); i++) {
      byte[] letters = Hdf5Blocks.letters(texts.get(i));
      values.position(i * length).put(letters, 0, Math.min(length, letters.length));
    }
    return objects.column(Hdf5Type.TEXT, texts.size(), values);
  }
}
