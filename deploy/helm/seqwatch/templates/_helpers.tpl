{{- define "seqwatch.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Name of every object: the release's, which holds the chart's name at most once. */}}
{{- define "seqwatch.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "seqwatch.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "seqwatch.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* No version in here: selectors cannot be changed by an upgrade. The alerts and the job label rely on the name. */}}
{{- define "seqwatch.selectorLabels" -}}
app.kubernetes.io/name: seqwatch
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "seqwatch.labels" -}}
{{ include "seqwatch.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* What the operator may do in the namespaces that it watches: see monitors, write their status, read the Secrets they
     name, tell changes as Events. */}}
{{- define "seqwatch.rules" -}}
- apiGroups: [seqwatch.dev]
  resources: [sequencemonitors]
  verbs: [get, list, watch]
- apiGroups: [seqwatch.dev]
  resources: [sequencemonitors/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end }}

{{- define "seqwatch.subjects" -}}
- kind: ServiceAccount
  name: {{ include "seqwatch.fullname" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
