# The image: `make image` builds the jar and then this. Nothing is compiled in here, so that what runs is what was tested.
# The bases can be replaced: docker build --build-arg JDK=… --build-arg BASE=… .
ARG JDK=docker.io/library/eclipse-temurin:25-jdk
ARG BASE=gcr.io/distroless/base-debian13:nonroot

FROM ${JDK} AS build
ARG OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=50 -Xss512k -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
RUN jlink --output /opt/runtime --no-header-files --no-man-pages --generate-cds-archive --add-modules \
    java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
COPY target/quarkus-app /opt/seqwatch
COPY deploy/image /build
# One file with the options, for training and running alike: a cache made with others is left unused.
RUN printf '%s\n' $OPTIONS > /opt/seqwatch/java.options && \
    java /build/Train.java /opt/runtime/bin/java -XX:AOTCacheOutput=/opt/seqwatch/seqwatch.aot -Xlog:aot*=off \
      @/opt/seqwatch/java.options -jar /opt/seqwatch/quarkus-run.jar operator

FROM ${BASE}
COPY --from=build /opt/runtime /opt/runtime
COPY --from=build /opt/seqwatch /opt/seqwatch
USER 65532:65532
EXPOSE 9000
ENTRYPOINT ["/opt/runtime/bin/java", "-XX:AOTCache=/opt/seqwatch/seqwatch.aot", "-Xlog:disable", "-Xlog:all=warning:stderr", "-Xlog:aot*=off:stderr", "@/opt/seqwatch/java.options", "-jar", "/opt/seqwatch/quarkus-run.jar"]
CMD ["operator"]
