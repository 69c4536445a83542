package org.dl4jsnn.asf;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The classes of all libraries as ArchUnit reads them, once for all tests of a JVM. */
final class Libraries {

  static final String ROOT = "org.dl4jsnn";

  static final JavaClasses CLASSES = ArchConfiguration.withThreadLocalScope(Libraries::read);

  private Libraries() {}

  private static JavaClasses read(ArchConfiguration configuration) {
    // What they use of others is named in them; of the others only supertypes and annotations are
    // read.
    for (String use : List.of("MemberTypes", "AccessesToTypes", "GenericSignatureTypes")) {
      configuration.setProperty("import.dependencyResolutionProcess.maxIterationsFor" + use, "0");
    }
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(ROOT);
  }
}
